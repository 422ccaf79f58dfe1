/** What a process takes and what it lets go. */
export interface Shares {
  take: string[];
  drop: string[];
}

/** What stands before the name of a process that is there, among the pieces of work. */
export const memberPrefix = 'member.';
export const memberWork = (id: string): string => `${memberPrefix}${id}`;

/**
 * Which pieces of work a process is to ask for, and which to let go, so that all have about as many. It is decided by each for
 * itself, from who holds what: nothing depends on two of them seeing the same.
 */
export function shareOut(works: readonly string[], holders: ReadonlyMap<string, string>, id: string): Shares {
  const members = [...holders.keys()].filter((work) => work.startsWith(memberPrefix)).length;
  const fair = Math.ceil(works.length / Math.max(1, members));
  const own = works.filter((work) => holders.get(work) === id);
  const free = works.filter((work) => !holders.has(work));
  return { take: free.slice(0, Math.max(0, fair - own.length)), drop: own.slice(fair) };
}
