import type { CatalogEntry } from './catalogEntry.ts';
import { matchGroup } from './matchGroup.ts';

/** The parts of a group's name: `cloudwatch:/aws/lambda/orders` ends in `orders`, `k8s:shop/orders-7f9c` does not. */
const lastPart = (group: string): string => group.split(/[:/]/).findLast((part) => part !== '') ?? group;

/**
 * Who has a group: the entry with its whole name, then the first whose pattern fits, then the one that is called as the last
 * part of its name is; null when nobody has it.
 */
export function findEntry(catalog: readonly CatalogEntry[], group: string): CatalogEntry | null {
  const bare = group.slice(group.indexOf(':') + 1);
  return (
    catalog.find(({ name }) => name === group || name === bare) ??
    catalog.find((entry) => entry.group !== undefined && matchGroup(entry.group, group)) ??
    catalog.find(({ name }) => name === lastPart(group)) ??
    null
  );
}
