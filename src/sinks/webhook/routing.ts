import { listGroups, findOwner, type Contacts } from '../../findings/owners/contacts.ts';
import { findEntry } from '../../findings/owners/findEntry.ts';
import { matchRoute, type RouteMatch, type RouteWhen } from '../../findings/owners/route.ts';
import type { Finding } from '../../signal.ts';
import type { WebhookOptions } from './options.ts';

/** A route of a sink: one of its options, or one that the catalog brings for a team. */
export type Route = { name: string } & (
  | { when: RouteWhen; goesOn: boolean }
  /** What an entry of the catalog gives for this kind of receiver: an integration key, a channel. */
  | { key: string }
);

/** Where a finding goes: a route, or null for the sink's own receiver. */
export interface Target {
  route: string | null;
  as: RouteMatch;
}

/** What a catalog says of a group for this kind of receiver. */
const keyIn = (contacts: Contacts, group: string, format: WebhookOptions['format']): string | undefined => {
  const entry = findEntry(contacts.catalog, group);
  return format === 'pagerduty' ? entry?.keys['pagerduty'] : format === 'slack' ? entry?.channel : undefined;
};

/** The routes that a catalog brings: one for each integration key, or channel, that its entries name. */
export function listCatalogRoutes({ catalog }: Contacts, { format, token, tokenFile }: WebhookOptions): Route[] {
  // An incoming webhook posts to the one channel it was made for.
  if (format === 'json' || format === 'alertmanager' || (format === 'slack' && token === undefined && tokenFile === undefined)) return [];
  const byKey = new Map<string, string>();
  for (const { keys, channel, team, name = '' } of catalog) {
    const key = format === 'pagerduty' ? keys['pagerduty'] : channel;
    if (key !== undefined && !byKey.has(key)) byKey.set(key, team ?? name);
  }
  return [...byKey].map(([key, team]) => ({ name: `catalog:${team}:${key.slice(-4)}`, key }));
}

/** How a route takes a finding, whatever the hour and however grave it is; null when it has nothing to do with it. */
export function roleIn(route: Route, finding: Finding, contacts: Contacts, format: WebhookOptions['format']): RouteMatch | null {
  if ('when' in route) {
    const { between: _between, days: _days, severity: _severity, ...lasting } = route.when;
    const found = matchRoute(lasting, finding, contacts);
    return 'match' in found ? found.match : null;
  }
  const groups = listGroups(finding);
  if (keyIn(contacts, groups[0]!, format) === route.key) return 'page';
  return groups.some((group) => keyIn(contacts, group, format) === route.key) ? 'note' : null;
}

/**
 * Where a finding goes that nobody has been sent: the first route that takes it, others behind one that goes on, notes to
 * those who have another group of it; then the one that the catalog names for its first mover; then the sink's own receiver.
 */
export function routeFinding(finding: Finding, routes: readonly Route[], contacts: Contacts, format: WebhookOptions['format']): Target[] {
  const targets: Target[] = [];
  let isTaken = false;
  for (const route of routes) {
    const found = 'when' in route ? matchRoute(route.when, finding, contacts) : { match: roleIn(route, finding, contacts, format) };
    const as = 'match' in found ? found.match : null;
    if (as === null || (as === 'page' && isTaken)) continue;
    // A pager has no way to only let know.
    if (as === 'note' && format === 'pagerduty') continue;
    targets.push({ route: route.name, as });
    if (as === 'page') isTaken = !('goesOn' in route && route.goesOn);
  }
  if (!isTaken) targets.push({ route: null, as: 'page' });
  return targets;
}

/** Who a message names as the one whose it is: the team, and for others that it was sent to them. */
export function writeOwner(finding: Finding, contacts: Contacts, as: RouteMatch): string | undefined {
  const owner = findOwner(contacts, finding);
  if (owner === null) return undefined;
  return as === 'note' ? `${owner}, who was sent this: what moved first is theirs` : owner;
}
