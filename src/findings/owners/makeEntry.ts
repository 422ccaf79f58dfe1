import { textAt } from '../../base/textAt.ts';
import { catalogEntry, type CatalogEntry } from './catalogEntry.ts';

interface Parts {
  name: string;
  team: string | undefined;
  tier: string | undefined;
  channel: string | undefined;
  pagerduty: string | undefined;
  labels: Record<string, string>;
  links: { name: string; href: string }[];
}

/** The links of a list of `{ url, title, type }`, by a word for what they are. */
export function addressesIn(list: unknown): Parts['links'] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    const href = textAt(one, ['url']);
    if (href === undefined || !/^https?:\/\/[^{}\s]+$/.test(href)) return [];
    const words = `${textAt(one, ['type']) ?? ''} ${textAt(one, ['title']) ?? ''}`.toLowerCase();
    const kind = ['runbook', 'dashboard', 'logs', 'trace'].find((word) => words.includes(word));
    return [{ name: kind ?? ((textAt(one, ['title']) ?? 'link').slice(0, 40) || 'link'), href }];
  });
}

/** An entry from what another catalog says; what it has no place for stays out. */
export function makeEntry({ name, team, tier, channel, pagerduty, labels, links }: Parts): CatalogEntry {
  const runbook = links.find((link) => link.name === 'runbook')?.href;
  const others = links.filter((link) => link.name !== 'runbook' && link.href.length <= 2000);
  const short = Object.entries(labels).filter(([, value]) => value !== '' && value.length <= 1000);
  return catalogEntry.parse({
    name,
    ...(team !== undefined && { team }),
    ...(tier !== undefined && { tier }),
    ...(channel !== undefined && { channel }),
    ...(runbook !== undefined && { runbook }),
    keys: pagerduty === undefined ? {} : { pagerduty },
    labels: Object.fromEntries(short),
    links: Object.fromEntries(others.map((link) => [link.name, link.href])),
  });
}
