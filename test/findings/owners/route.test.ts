import { expect } from 'chai';
import { catalogEntry } from '../../../src/findings/owners/catalogEntry.ts';
import type { Contacts } from '../../../src/findings/owners/contacts.ts';
import { isOpenAt, matchRoute, routeWhen } from '../../../src/findings/owners/route.ts';
import type { Finding } from '../../../src/signal.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode, quiet } from '../../support/views/viewSamples.ts';

const contacts: Contacts = {
  publicUrl: null,
  links: {},
  catalog: [
    { name: 'orders', team: 'shop', tier: '1' },
    { name: 'payments-dlq', team: 'payments', labels: { region: 'eu' } },
  ].map((entry) => catalogEntry.parse(entry)),
};
const match = (when: object, finding: Finding = episode) => {
  const found = matchRoute(routeWhen.parse(when), finding, contacts);
  return 'match' in found ? found.match : found.stop;
};

describe('a route', () => {
  it('takes what all its conditions hold for: labels, group, severity', () => {
    expect(match({})).to.equal('page');
    expect(match({ labels: { team: 'shop', tier: ['0', '1'] }, severity: ['critical'], group: '^app:' })).to.equal('page');
    expect(match({ severity: 'warning' })).to.equal('severity is critical, not warning');
    expect(match({ labels: { team: ['search', 'web'] } })).to.equal('team is shop, not search or web');
    expect(match({ labels: { namespace: 'x' } }, quiet)).to.equal('namespace is not known, not x');
  });

  it('gives a note to who has a group of the episode that did not move first', () => {
    expect(match({ labels: { team: 'payments' } })).to.equal('note');
    expect(match({ labels: { region: 'eu' } })).to.equal('note');
    expect(match({ labels: { team: 'payments' }, severity: 'warning' })).to.equal('team is shop, not payments');
  });

  it('goes by fields of the lines where no catalog says it', () => {
    const fields = [{ name: 'namespace', value: 'eu-1', in: 9, of: 9, usual: null }];
    expect(match({ labels: { namespace: 'eu-1' } }, changedFinding(episode, { result: { ...episode.result, fields } }))).to.equal('page');
  });

  it('goes by names that are no labels as by any other', () => {
    expect(match({ labels: { constructor: 'x' } })).to.equal('constructor is not known, not x');
  });

  for (const [between, days, zone, time, open] of [
    ['09:00-17:00', undefined, 'UTC', '2026-05-04T09:00:00Z', true],
    ['09:00-17:00', undefined, 'UTC', '2026-05-04T17:00:00Z', false],
    ['22:00-07:00', undefined, 'UTC', '2026-05-04T23:30:00Z', true],
    ['22:00-07:00', undefined, 'UTC', '2026-05-04T06:59:00Z', true],
    ['22:00-07:00', undefined, 'UTC', '2026-05-04T07:00:00Z', false],
    // Friday's night lasts until Saturday morning, Saturday's has not begun.
    ['22:00-07:00', ['fri'], 'UTC', '2026-05-09T03:00:00Z', true],
    ['22:00-07:00', ['sat'], 'UTC', '2026-05-09T03:00:00Z', false],
    [undefined, ['mon'], 'UTC', '2026-05-04T12:00:00Z', true],
    [undefined, ['tue'], 'UTC', '2026-05-04T12:00:00Z', false],
    ['09:00-17:00', undefined, 'America/New_York', '2026-05-04T12:59:00Z', false],
    ['09:00-17:00', undefined, 'America/New_York', '2026-05-04T13:00:00Z', true],
    ['00:00-00:00', undefined, 'UTC', '2026-05-04T12:00:00Z', true],
  ] as const)
    it(`${open ? 'is open' : 'is closed'} at ${time} with ${between ?? 'any time'} ${days ?? ''} ${zone}`, () =>
      expect(isOpenAt({ between, days: days && [...days], zone }, Date.parse(time))).to.equal(open));

  it('wants times and zones that there are', () => {
    for (const when of [{ between: '9-17' }, { between: '25:00-26:00' }, { zone: 'Mars/Base' }, { severity: 'bad' }, { group: '(' }])
      expect(routeWhen.safeParse(when).success).to.equal(false);
  });
});
