import type { Entry, Question } from './queryRange.ts';

/** Where the walk stands: all before `at` has come, and of the lines at `at` those that are named. */
export interface Place {
  /** Nanoseconds since 1970. */
  at: bigint;
  seen: readonly string[];
}

/** What comes of a question: the lines that are new, where the walk stands then, and whether lines had to be left out. */
export interface Step {
  entries: Entry[];
  next: Place;
  /** There are more lines of one nanosecond than an answer may hold: those that cannot be asked for. */
  overfull: boolean;
}

/** The next question: from where the walk stands, over one step at most. */
export const makeQuestion = ({ at }: Place, until: bigint, step: bigint, limit: number): Question => ({
  start: at,
  end: at + step < until ? at + step : until,
  limit,
});

/**
 * Works out where an answer leads. An answer that is not full is the whole span. One that is full goes to its last
 * line's time, where the next question begins again: several lines may be of that time, and come a second time.
 */
export function takeAnswer(
  { at, seen }: Place,
  { end, limit }: Question,
  answer: readonly Entry[],
  nameEntry: (entry: Entry) => string,
): Step {
  const known = new Set(seen);
  const entries = answer.filter((entry) => entry.nanos !== at || !known.has(nameEntry(entry)));
  const last = answer.at(-1);
  if (last === undefined || answer.length < limit) return { entries, next: { at: end, seen: [] }, overfull: false };
  if (last.nanos === at) return { entries, next: { at: at + 1n, seen: [] }, overfull: true };
  const same = answer.filter(({ nanos }) => nanos === last.nanos).map(nameEntry);
  return { entries, next: { at: last.nanos, seen: same }, overfull: false };
}
