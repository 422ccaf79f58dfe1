import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { Answers } from '../../../src/findings/answers/answers.ts';
import { makeMaintenance, makeSilenceMatcher } from '../../../src/findings/answers/maintenance.ts';
import type { Finding, Mark } from '../../../src/signal.ts';
import { changedFinding, type FindingChanges } from '../../support/findings.ts';

const hour = 3_600_000;
const at = (text: string) => Date.parse(text);
const base: Finding = {
  id: 'f1',
  rule: 'new-error',
  type: 'rule',
  state: 'firing',
  severity: 'critical',
  group_id: 'batch-eu',
  title: '',
  since: '',
  updated: '',
  result: { fields: [{ name: 'namespace', value: 'staging', in: 4, of: 4, usual: null }] },
};
const finding = (changes: FindingChanges = {}): Finding => changedFinding(base, changes);
const episode = (...groups: string[]) =>
  finding({
    type: 'episode',
    group_id: groups[0]!,
    result: {
      score: 1,
      groups: groups.length,
      changes: [],
      in_common: [],
      seen_before: [],
      clear_windows: 0,
      clear_needed: 2,
      members: groups.map((group_id) => ({ topic_id: 't', group_id, at: '', state: 'new', count: 1, label: '' })),
    },
  });

describe('a maintenance window', () => {
  const sunday = makeMaintenance({ every: 'week', minutes: 6 * 1440 + 120, zone: 'UTC', lasts_ms: 4 * hour });

  it('is in force from its begin to its end, every week', () => {
    expect(sunday.until(at('2026-11-08T01:59:59Z'))).to.equal(null);
    expect(toIso(sunday.until(at('2026-11-08T02:00:00Z'))!)).to.equal('2026-11-08T06:00:00.000Z');
    expect(toIso(sunday.until(at('2026-11-15T05:59:59Z'))!)).to.equal('2026-11-15T06:00:00.000Z');
    expect(sunday.until(at('2026-11-08T06:00:00Z'))).to.equal(null);
    expect(toIso(sunday.edge(at('2026-11-08T06:00:00Z')))).to.equal('2026-11-15T02:00:00.000Z');
  });

  it('lasts over midnight, and keeps the hour of its zone when clocks change', () => {
    const night = makeMaintenance({ every: 'day', minutes: 23 * 60, zone: 'Europe/Berlin', lasts_ms: 4 * hour });
    expect(night.until(at('2026-07-01T00:30:00Z'))).to.equal(at('2026-07-01T01:00:00Z'));
    expect(night.until(at('2026-12-01T00:30:00Z'))).to.equal(at('2026-12-01T02:00:00Z'));
  });
});

describe('a silence by groups and labels', () => {
  it('is about groups by their names, and an episode when it is about all of its groups', () => {
    const is = makeSilenceMatcher({ group: '^batch' });
    expect([
      is(finding()),
      is(finding({ group_id: 'web' })),
      is(episode('batch-eu', 'batch-us')),
      is(episode('batch-eu', 'web')),
    ]).to.deep.equal([true, false, true, false]);
  });

  it('is about labels of lines, and of the finding itself', () => {
    expect(makeSilenceMatcher({ labels: { namespace: 'staging', rule: 'new-error' } })(finding())).to.equal(true);
    expect(makeSilenceMatcher({ labels: { namespace: 'prod' } })(finding())).to.equal(false);
    expect(makeSilenceMatcher({ labels: { pod: 'x' } })(finding())).to.equal(false);
  });

  it('holds in its windows, over a restart, until it is given an end', () => {
    const mark: Mark = {
      id: 'm1',
      type: 'silence',
      target: '',
      who: 'x',
      at: '2026-11-02T00:00:00.000Z',
      match: { group: '^batch' },
      schedule: { every: 'day', minutes: 120, zone: 'UTC', lasts_ms: hour },
    };
    const first = new Answers();
    first.take(mark, at('2026-11-02T00:00:00Z'), []);
    expect(toIso(first.due!), 'it is looked at when the first window begins').to.equal('2026-11-02T02:00:00.000Z');
    const answers = Answers.load(JSON.parse(JSON.stringify(first.save())), at('2026-11-02T00:00:00Z'));
    const silenced = (time: string, one = finding()) => answers.apply(one, at(time)).result.silenced_until ?? null;
    expect(silenced('2026-11-20T02:30:00Z')).to.equal('2026-11-20T03:00:00.000Z');
    expect(silenced('2026-11-20T03:00:00Z')).to.equal(null);
    expect(silenced('2026-11-20T02:30:00Z', finding({ group_id: 'web' }))).to.equal(null);
  });
});
