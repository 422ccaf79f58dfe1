import { expect } from 'chai';
import fc from 'fast-check';
import { catalogEntry } from '../../../src/findings/owners/catalogEntry.ts';
import { findOwner, listGroups, listLinks, readLabels, type Contacts } from '../../../src/findings/owners/contacts.ts';
import { findEntry } from '../../../src/findings/owners/findEntry.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode, quiet } from '../../support/views/viewSamples.ts';

const catalog = [
  { name: 'orders', team: 'shop' },
  { group: '^cloudwatch:/aws/lambda/pay', team: 'payments' },
  { name: 'cloudwatch:/aws/lambda/pay-eu', team: 'payments-eu' },
].map((entry) => catalogEntry.parse(entry));
const contacts = (more: Partial<Contacts> = {}): Contacts => ({ publicUrl: null, links: {}, catalog, ...more });

describe('who has a group', () => {
  for (const [group, team] of [
    ['orders', 'shop'],
    ['k8s:orders', 'shop'],
    ['cloudwatch:/aws/lambda/orders', 'shop'],
    ['cloudwatch:/aws/lambda/pay-us', 'payments'],
    ['cloudwatch:/aws/lambda/pay-eu', 'payments-eu'],
    ['k8s:orders-db', undefined],
    ['', undefined],
    ['__proto__', undefined],
  ] as const)
    it(`of ${group || 'no name'} is ${team ?? 'nobody'}`, () => expect(findEntry(catalog, group)?.team).to.equal(team));

  it('is who has what moved first, in an episode of many', () => {
    expect(findOwner(contacts(), episode)).to.equal('shop');
    expect(listGroups(episode)).to.deep.equal(['app:orders', 'sqs-dlq:payments-dlq']);
    expect(findOwner(contacts(), quiet)).to.equal(null);
  });

  it('is a field of the lines where no catalog knows it', () => {
    const fields = [{ name: 'team', value: 'web', in: 3, of: 3, usual: null }];
    const finding = changedFinding(episode, { group_id: 'app:front', result: { ...episode.result, fields } });
    expect(readLabels(contacts(), finding)).to.include({ team: 'web', group: 'app:front', type: 'episode' });
  });
});

describe('where to look', () => {
  const links = {
    logs: 'https://logs.example/?q={group}&from={from_ms}&to={to_s}',
    trace: 'https://trace.example/{labels.namespace}',
    self: '{public_url}/x',
  };
  it('is an address with what is known filled in; one that asks for what is not is left out', () => {
    expect(listLinks(contacts({ links }), episode)).to.deep.equal([
      {
        name: 'logs',
        href: `https://logs.example/?q=app%3Aorders&from=${Date.parse('2026-05-04T09:40:32Z')}&to=${Date.parse('2026-05-04T10:05:00Z') / 1000}`,
      },
    ]);
    expect(
      listLinks(contacts({ links, publicUrl: 'https://radar.example/' }), episode).map(({ name, href }) => [name, href.split('?')[0]]),
    ).to.deep.equal([
      ['radar', 'https://radar.example/#/e/e7c1aa'],
      ['logs', 'https://logs.example/'],
      ['self', 'https://radar.example/x'],
    ]);
  });

  it("is the route's before the rule's, the group's, and those for all", () => {
    const at = (word: string) => ({ logs: `https://${word}.example` });
    const owned = contacts({
      links: at('all'),
      catalog: [catalogEntry.parse({ name: 'orders', links: at('group'), runbook: 'https://run.example' })],
    });
    const ruled = changedFinding(episode, { result: { ...episode.result, links: at('rule') } });
    const logs = (...args: Parameters<typeof listLinks>) => listLinks(...args).find(({ name }) => name === 'logs')?.href;
    expect([
      logs(contacts({ links: at('all') }), episode),
      logs(owned, episode),
      logs(owned, ruled),
      logs(owned, ruled, at('route')),
    ]).to.deep.equal(['https://all.example', 'https://group.example', 'https://rule.example', 'https://route.example']);
    expect(listLinks(owned, episode)[0]).to.deep.equal({ name: 'runbook', href: 'https://run.example' });
  });

  it('stays on its host, whatever is filled in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        const finding = changedFinding(episode, { group_id: text, title: text });
        for (const { href } of listLinks(contacts({ links: { logs: 'https://logs.example/{group}/{title}' } }), finding))
          expect(new URL(href).host).to.equal('logs.example');
      }),
    );
  });
});
