import type { Gaps } from '../rates/gaps.ts';
import type { Hours } from '../rates/hours.ts';
import type { Rate } from '../rates/rates.ts';
import type { Topic } from '../topics/topic.ts';
import type { Past } from './past.ts';

/** Windows a pattern's trend shows; absence is told for as long. */
export const TREND = 12;

/** What is remembered of one template's lines: what is judged at the close of a window. Plain data but for its topic. */
export interface Pattern {
  /** Id of its template; that of the oldest where templates became one. */
  id: string;
  /** What it is read as. */
  topic: Topic;
  /** The group that its first line came from, where many have one memory. */
  from?: string;
  /** Founding order in the group. */
  born: number;
  /** Ids of templates that became part of it, the last ones. */
  merged: string[];
  /** Bits of novelty when it was founded, and how many new patterns a window the group made then. */
  novelty: number;
  newPerWindow: number;
  /** Event times, milliseconds. */
  first: number;
  last: number;
  total: number;
  /** Worst level ever, as an index of `levels`; -1 when none was given. */
  level: number;
  /** The gravest word of its text. */
  word: { word: string; bits: number } | null;
  rate: Rate;
  gaps: Gaps;
  /** What it brings by the hour of the day and the day of the week; null while it is young or comes rarely. */
  hours: Hours | null;
  /** Event time from which its absence is told; null while none could be. */
  missedAt: number | null;
  /** Window in which its absence was first to be told, where its trend was all zero. */
  missedIn: number | undefined;
  /** Window in which it was founded, and in which it last came back after a long absence. */
  foundedIn: number;
  returnedIn: number | null;
  /** It was seen too rarely then to say that it had been away: what is learned of its gaps since makes no return of it. */
  backRarely?: boolean;
  /** It was reported gone and has not come back. */
  gone: boolean;
  /** Last window folded into `rate` and `trend`. */
  window: number;
  /** Counts of the last windows up to `window`, oldest first. */
  trend: number[];
  /** When it moved, and how much came in the last week. */
  past: Past;
}

/** A pattern as it is saved: its topic by id, without what follows from the text. */
export type SavedPattern = Omit<Pattern, 'topic' | 'word' | 'missedIn' | 'hours'> & { topic: string; missedIn?: number; hours?: Hours };

/** The same with its fields in one order: objects that were put together in several ways are slow to look into, and every line does. */
export const inOneShape = (given: Pattern): Pattern => ({
  id: given.id,
  topic: given.topic,
  merged: given.merged,
  novelty: given.novelty,
  newPerWindow: given.newPerWindow,
  first: given.first,
  last: given.last,
  total: given.total,
  level: given.level,
  word: given.word,
  rate: given.rate,
  gaps: given.gaps,
  hours: given.hours,
  missedAt: given.missedAt,
  missedIn: given.missedIn,
  foundedIn: given.foundedIn,
  returnedIn: given.returnedIn,
  gone: given.gone,
  window: given.window,
  trend: given.trend,
  past: given.past,
  born: given.born,
  // Only where many groups share one memory.
  ...(given.from !== undefined && { from: given.from }),
  ...(given.backRarely === true && { backRarely: true }),
});
