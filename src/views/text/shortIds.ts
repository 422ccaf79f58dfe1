/** Letters of an id that are shown where that is enough. */
const usual = 4;

/**
 * The shortest beginnings, four letters or more, that tell these ids apart, by id. Only ids that collide get longer
 * ones; an id that is the beginning of another is shown whole.
 */
export function shortIds(ids: Iterable<string>): (id: string) => string {
  const sorted = [...new Set(ids)].toSorted();
  const short = new Map<string, string>();
  for (const [at, id] of sorted.entries()) {
    const shared = Math.max(common(id, sorted[at - 1]), common(id, sorted[at + 1]));
    short.set(id, id.slice(0, Math.max(usual, shared + 1)));
  }
  return (id) => short.get(id) ?? id.slice(0, usual);
}

function common(a: string, b: string | undefined): number {
  if (b === undefined) return 0;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
