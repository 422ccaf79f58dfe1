import type { Level } from '../../event.ts';
import type { Bits, Exemplar } from '../../signal.ts';

/** What one side was. Times ISO 8601 UTC; null where nothing came. */
export interface ComparedSide {
  name: string;
  from: string | null;
  to: string | null;
  events: number;
  patterns: number;
}

/** What a pattern did from one side to the other: how often it came, or what the numbers in its lines are. */
export type ComparedState = 'new' | 'gone' | 'rising' | 'falling' | 'slower' | 'faster' | 'higher' | 'lower';

/** A pattern that differs. */
export interface ComparedPattern {
  template_id: string;
  group_id: string;
  label: string;
  pattern: string;
  state: ComparedState;
  level: Level | null;
  /** Events on each side; of a state of numbers the quantile on each. */
  before: number;
  after: number;
  /** What the side before lets expect in the time of the side after. */
  usual: number;
  /** After, as a multiple of the usual; null where nothing was usual. */
  times: number | null;
  bits: Bits;
  score: number;
  /** What rates were judged against, where not against time alone. */
  by?: 'share';
  numbers?: { slot: string; quantile: 'p50' | 'p95'; unit: string | null };
  /** null where no line names a time. */
  first_seen: string | null;
  last_seen: string | null;
  /** The first line of the side after; of what is gone, of the side before. */
  example: Exemplar | null;
}

export interface ComparisonResult {
  before: ComparedSide;
  after: ComparedSide;
  /** Events after, as a multiple of what the side before lets expect; null without any before. */
  volume: number | null;
  /** What differs, the most bits first. */
  patterns: ComparedPattern[];
  /** Patterns that do not. */
  steady: number;
}
