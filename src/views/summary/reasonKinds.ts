/** A reason and how many records were rejected for it. */
export interface ReasonCount {
  reason: string;
  count: number;
}

/** `broken JSON at column 2: unexpected "x"` -> `broken JSON`: without what differs from record to record. */
export const reduceReason = (reason: string): string =>
  reason
    .replace(/(?: at column \d+)?:.*$/s, '')
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\b\d+\b/g, '<n>');

/** Reasons by their kind, the most frequent first. */
export function reasonKinds(reasons: Iterable<ReasonCount>): ReasonCount[] {
  const counts = new Map<string, number>();
  for (const { reason, count } of reasons) counts.set(reduceReason(reason), (counts.get(reduceReason(reason)) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
