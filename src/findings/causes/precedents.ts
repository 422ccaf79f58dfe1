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
  /** At the same time counts as half. */
  in: number;
  of: number;
  /** Median of how much earlier it was where it was, milliseconds. */
  earlier: number;
}

/** What past episodes say of these groups: each is looked through once, whatever is asked. */
export class Precedents {
  readonly #leads = new Map<string, { in: number; of: number; earlier: number[] }>();
  readonly #first = new Map<string, { in: number; of: number }>();

  constructor(past: readonly Beginnings[], groups: ReadonlySet<string>) {
    for (const beginnings of past) {
      const shared = beginnings.filter(([group]) => groups.has(group));
      if (shared.length < 2) continue;
      for (const [place, [group, offset]] of shared.entries()) {
        const first = this.#first.get(group) ?? { in: 0, of: 0 };
        this.#first.set(group, { in: first.in + (place === 0 ? 1 : 0), of: first.of + 1 });
        for (const [other, theirs] of shared) if (other !== group) this.#count(`${group}\0${other}`, theirs - offset);
      }
    }
  }

  /** How often `group` began before `other`. */
  lead(group: string, other: string): Lead {
    const { in: led, of, earlier } = this.#leads.get(`${group}\0${other}`) ?? { in: 0, of: 0, earlier: [] };
    return { in: led, of, earlier: earlier.toSorted((a, b) => a - b)[Math.floor(earlier.length / 2)] ?? 0 };
  }

  /** In how many of the episodes in which it moved beside another of the groups it was the first of them. */
  first(group: string): { in: number; of: number } {
    return this.#first.get(group) ?? { in: 0, of: 0 };
  }

  #count(pair: string, earlier: number): void {
    let lead = this.#leads.get(pair);
    if (!lead) this.#leads.set(pair, (lead = { in: 0, of: 0, earlier: [] }));
    lead.of += 1;
    lead.in += earlier > 0 ? 1 : earlier === 0 ? 0.5 : 0;
    if (earlier > 0) lead.earlier.push(earlier);
  }
}
