/** When each group began to move in an episode: milliseconds after its start, the first first. */
export type Beginnings = readonly (readonly [group: string, offset: number])[];

/** Groups of a past episode that are remembered, the first ones. */
const most = 16;

/** What moves, of a group, from that time on. */
interface Moving {
  group: string;
  at: number;
}

/** The beginnings of an episode, as they are remembered. */
export function listBeginnings(members: readonly Moving[]): [group: string, offset: number][] {
  const first = new Map<string, number>();
  for (const { group, at } of members) first.set(group, Math.min(first.get(group) ?? Number.POSITIVE_INFINITY, at));
  const start = Math.min(...first.values());
  return [...first]
    .map(([group, at]): [string, number] => [group, at - start])
    .toSorted(([a, i], [b, j]) => i - j || (a < b ? -1 : 1))
    .slice(0, most);
}

/** How often one group began before another in episodes in which both moved, and by how much. */
export interface Lead {
  in: number;
  of: number;
  /** Median of how much earlier it was where it was, milliseconds. */
  earlier: number;
}

/** How often `group` began before `other`; at the same time counts as half. */
export function countLead(past: readonly Beginnings[], group: string, other: string): Lead {
  let [led, of] = [0, 0];
  const earlier: number[] = [];
  for (const beginnings of past) {
    const mine = beginnings.find(([name]) => name === group)?.[1];
    const theirs = beginnings.find(([name]) => name === other)?.[1];
    if (mine === undefined || theirs === undefined) continue;
    of += 1;
    led += mine < theirs ? 1 : mine === theirs ? 0.5 : 0;
    if (mine < theirs) earlier.push(theirs - mine);
  }
  return { in: led, of, earlier: earlier.toSorted((a, b) => a - b)[Math.floor(earlier.length / 2)] ?? 0 };
}

/** In how many of the episodes in which it moved beside one of `others` it was the first of them. */
export function countFirst(past: readonly Beginnings[], group: string, others: ReadonlySet<string>): { in: number; of: number } {
  const shared = past
    .map((beginnings) => beginnings.filter(([name]) => name === group || others.has(name)))
    .filter((beginnings) => beginnings.length > 1 && beginnings.some(([name]) => name === group));
  return { in: shared.filter(([first]) => first![0] === group).length, of: shared.length };
}
