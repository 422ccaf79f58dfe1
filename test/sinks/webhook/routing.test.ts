import { expect } from 'chai';
import { catalogEntry } from '../../../src/findings/owners/catalogEntry.ts';
import type { Contacts } from '../../../src/findings/owners/contacts.ts';
import { routeWhen } from '../../../src/findings/owners/route.ts';
import { listCatalogRoutes, roleIn, routeFinding, writeOwner, type Route } from '../../../src/sinks/webhook/routing.ts';
import { webhookOptions } from '../../../src/sinks/webhook/options.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode } from '../../support/views/viewSamples.ts';

const contacts: Contacts = {
  publicUrl: null,
  links: {},
  catalog: [
    { name: 'orders', team: 'shop', channel: 'C-shop', keys: { pagerduty: 'KEY-SHOP-1' } },
    { name: 'payments-dlq', team: 'payments', channel: 'C-pay' },
    { name: 'cart', team: 'shop', channel: 'C-shop' },
  ].map((entry) => catalogEntry.parse(entry)),
};
const slack = webhookOptions.parse({ format: 'slack', token: 'xoxb-secret', channel: 'C' });
const route = (name: string, when: object, goesOn = false): Route => ({ name, when: routeWhen.parse(when), goesOn });
const targets = (routes: readonly Route[], format: 'slack' | 'pagerduty' | 'json' = 'slack') =>
  routeFinding(episode, routes, contacts, format).map(({ route: name, as }) => `${name ?? 'own'} ${as}`);

describe('routes', () => {
  it('come from the catalog, one for each channel or key, where the receiver can go there', () => {
    expect(listCatalogRoutes(contacts, slack).map(({ name }) => name)).to.deep.equal(['catalog:shop:shop', 'catalog:payments:-pay']);
    const webhook = webhookOptions.parse({ format: 'slack', url: 'https://hooks.slack.com/x' });
    expect(listCatalogRoutes(contacts, webhook)).to.deep.equal([]);
    const pager = webhookOptions.parse({ format: 'pagerduty', routingKey: 'KEY-ALL-01' });
    expect(listCatalogRoutes(contacts, pager).map(({ name }) => name)).to.deep.equal(['catalog:shop:OP-1']);
  });

  it('page one, in their order, and give notes to the others', () => {
    expect(targets([])).to.deep.equal(['own page']);
    expect(targets(listCatalogRoutes(contacts, slack))).to.deep.equal(['catalog:shop:shop page', 'catalog:payments:-pay note']);
    expect(targets([route('a', { labels: { team: 'payments' } }), route('b', {}), route('c', {})])).to.deep.equal(['a note', 'b page']);
    expect(targets([route('audit', {}, true), route('b', {})])).to.deep.equal(['audit page', 'b page']);
    expect(targets([route('audit', {}, true)])).to.deep.equal(['audit page', 'own page']);
    expect(targets([route('a', { labels: { team: 'payments' } })], 'pagerduty')).to.deep.equal(['own page']);
  });

  it('have the same role at any hour and however grave it is', () => {
    const night = route('night', { between: '01:00-02:00', severity: 'info' });
    expect(roleIn(night, episode, contacts, 'slack')).to.equal('page');
    expect(targets([night])).to.deep.equal(['own page']);
    expect(roleIn(route('a', { group: '^none$' }), episode, contacts, 'slack')).to.equal(null);
  });

  it('say whose it is, and to others that it was sent to them', () => {
    expect(writeOwner(episode, contacts, 'page')).to.equal('shop');
    expect(writeOwner(episode, contacts, 'note')).to.include('shop, who was sent this');
    expect(writeOwner(changedFinding(episode, { group_id: 'app:none' }), contacts, 'page')).to.equal(undefined);
  });
});
