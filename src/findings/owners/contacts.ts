import { hasOwnResult } from '../hasOwnResult.ts';
import type { Finding } from '../../signal.ts';
import type { CatalogEntry } from './catalogEntry.ts';
import { findEntry } from './findEntry.ts';
import { fillLink, listLinkFields, type LinkTemplates } from './links.ts';

/** Who has what, and where people look: what a pipeline says of it for all that is sent. */
export interface Contacts {
  /** Where the radar itself can be looked at; null when nowhere. */
  publicUrl: string | null;
  links: LinkTemplates;
  catalog: readonly CatalogEntry[];
}

export const noContacts: Contacts = { publicUrl: null, links: {}, catalog: [] };

/** Links in the order in which they help; others follow by name. */
const order = ['radar', 'runbook', 'logs', 'dashboard', 'trace'];

/**
 * What a group and a finding about it are called by: team, tier and labels of its entry, then values that its lines have in
 * fields such as version, namespace or team. The catalog holds over fields.
 */
export function readLabels({ catalog }: Contacts, finding: Finding, group = finding.group_id): Record<string, string> {
  const entry = findEntry(catalog, group);
  const whole = hasOwnResult(finding) && (finding.type === 'rule' || finding.type === 'episode');
  const fields = whole && group === finding.group_id ? (finding.result.fields ?? []) : [];
  return {
    ...Object.fromEntries(fields.map(({ name, value }) => [name, value])),
    ...entry?.labels,
    ...(entry?.team === undefined ? {} : { team: entry.team }),
    ...(entry?.tier === undefined ? {} : { tier: entry.tier }),
    group,
    rule: finding.rule,
    type: finding.type,
  };
}

/** The team that has what moved first, by the catalog or by a field `team` of its lines; null when nobody has it. */
export const findOwner = (contacts: Contacts, finding: Finding): string | null => readLabels(contacts, finding)['team'] ?? null;

/** The groups an episode is about, the first mover's first; of any other finding its own. */
export function listGroups(finding: Finding): string[] {
  if (finding.type !== 'episode' || !hasOwnResult(finding)) return [finding.group_id];
  return [...new Set([finding.group_id, ...finding.result.members.map((member) => member.group_id)])];
}

/** Where to look for a finding: of links of one name, the route's hold over the rule's, the group's, and those for all. */
export function listLinks(contacts: Contacts, finding: Finding, route: LinkTemplates = {}): { name: string; href: string }[] {
  const { publicUrl, links, catalog } = contacts;
  const entry = findEntry(catalog, finding.group_id);
  const rule = hasOwnResult(finding) ? finding.result.links : undefined;
  const templates: LinkTemplates = {
    ...(publicUrl === null ? {} : { radar: '{public_url}/#/e/{id}' }),
    ...(isAddress(entry?.runbook) ? { runbook: entry.runbook } : {}),
    ...links,
    ...entry?.links,
    ...rule,
    ...route,
  };
  const fields = listLinkFields(finding, readLabels(contacts, finding));
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.entries(templates)
    .flatMap(([name, written]) => {
      const href = fillLink(written, fields, publicUrl);
      return href === null ? [] : [{ name, href }];
    })
    .toSorted((a, b) => rank(a.name) - rank(b.name));
}

const isAddress = (text: string | undefined): text is string => text !== undefined && /^https?:\/\/[^{}\s]+/.test(text);
