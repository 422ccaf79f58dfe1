/** What moved, in the order in which it began to. */
export interface Ordered {
  patterns: readonly string[];
}

/** How much of the nearness is said by the order of what both have; the rest is said by which patterns they have. */
const ORDER = 0.25;

/**
 * What each pattern counts, by the share of the past incidents it was part of: what was part of all of them tells one from
 * another the least, and counts half. No less: what comes back again and again is known by just those patterns.
 */
export function weighPatterns(past: readonly Ordered[]): (pattern: string) => number {
  const counts = new Map<string, number>();
  for (const { patterns } of past) for (const pattern of new Set(patterns)) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  return (pattern) => 1 - (counts.get(pattern) ?? 0) / (2 * Math.max(1, past.length));
}

/**
 * How near two incidents are, 0 to 1: the patterns that both have of all that either has, the rare ones counting more, and
 * whether they began in the same order. The same one is 1, one without a pattern in common 0.
 */
export function scoreNearness(a: Ordered, b: Ordered, weigh: (pattern: string) => number): number {
  const [left, right] = [new Set(a.patterns), new Set(b.patterns)];
  const sum = (patterns: Iterable<string>) => [...patterns].reduce((all, pattern) => all + weigh(pattern), 0);
  const shared = [...left].filter((pattern) => right.has(pattern));
  const all = sum(new Set([...left, ...right]));
  if (shared.length === 0 || all === 0) return 0;
  const order = scoreOrder(shared, new Map([...right].map((pattern, at) => [pattern, at])));
  return (sum(shared) / all) * (1 - ORDER + ORDER * (order ?? (left.size === right.size && left.size === 1 ? 1 : 0.5)));
}

/** Share of the pairs that stand in the same order by their places in the other; null where there is no pair. */
function scoreOrder(patterns: readonly string[], places: ReadonlyMap<string, number>): number | null {
  let [same, pairs] = [0, 0];
  for (let i = 0; i < patterns.length; i++)
    for (let j = i + 1; j < patterns.length; j++) {
      pairs += 1;
      if (places.get(patterns[i]!)! < places.get(patterns[j]!)!) same += 1;
    }
  return pairs === 0 ? null : same / pairs;
}
