import type { Habit } from '../base/isSilent.ts';
import type { Blip, Finding, Mark, Radar } from '../signal.ts';

/** Something that was on a screen and that people can answer to by its id. */
export interface Shown {
  id: string;
  kind: 'pattern' | 'finding' | 'episode' | 'group';
  label: string;
  group_id: string;
}

/** A group in a window: its events, what was to be expected, and its highest score. Milliseconds since 1970. */
export interface LaneCell {
  start: number;
  end: number;
  count: number;
  usual: number;
  score: number;
}

/** What is remembered of a group: its last windows, oldest first, and its habit since it is known. */
export interface Lane extends Habit {
  cells: LaneCell[];
}

/** All that came in a window: how many events, and how many were to be expected of the patterns that are known. */
export interface Pulse {
  start: number;
  end: number;
  count: number;
  usual: number;
}

/** The strongest line of a window. */
export interface Peak {
  start: string;
  end: string;
  score: number;
  topic_id: string;
  group_id: string;
  label: string;
}

/** What a board holds at most; of everything but open findings what is oldest goes first. */
export const caps = {
  /** Open findings: further ones are not taken in while so many are open. */
  open: 1000,
  /** Findings that are over. */
  over: 1000,
  answers: 100,
  guesses: 100,
  changes: 64,
  groups: 512,
  /** Windows that are remembered of each group, and of all. */
  windows: 36,
  /** Topics whose last line is held. */
  rows: 1000,
  shown: 5000,
} as const;

/**
 * What a person would have in front of them: what is ranked, open, answered and recent as of the newest signal. Made by
 * `reduceBoard` alone, so that all who look at it agree. Times are milliseconds of event time.
 */
export interface Board {
  /** Newest time that a finding or a line of a pattern is of; null before the first. */
  newest: number | null;
  /** First time that any pattern was seen, as far as its lines tell; null before the first. */
  oldest: number | null;
  /** The radar of the last window that is closed, and that of the one behind it while it is open. */
  radar: Radar | null;
  early: Radar | null;
  /** Closed windows so far. */
  windows: number;
  /** Findings that are not resolved, in the order in which they came. */
  open: Map<string, Finding>;
  /** Findings that are over, the latest last. */
  over: Map<string, Finding>;
  /** The last ack, silence and note on each thing, while they are in force; by `<type>\0<target>`. */
  answers: Map<string, Mark>;
  /** What a model guessed last about each episode, and its last words for patterns; by the target, or the mark's own id. */
  guesses: Map<string, Mark>;
  /** Changes, as they became known. */
  changes: Mark[];
  /** The last windows of each group, that of the group seen longest ago first. */
  lanes: Map<string, Lane>;
  /** The last windows over all groups, oldest first. */
  pulses: Pulse[];
  /** The strongest line that was unusual, of the last window with one; and the strongest since. Null without any. */
  unusual: Peak | null;
  highest: Peak | null;
  /** End of the last window of the warm-up: until then all is new, and nothing is called calm or unusual. Null without one. */
  learned: number | null;
  /** The lines of the last closed window in which a topic stood out, or was reported; by topic. */
  rows: Map<string, Blip[]>;
  /** Topics that open findings are about. */
  followed: Set<string>;
  /** What was shown, first shown first, and how many things in all, those that were let go of too. */
  shown: Map<string, Shown>;
  shownInAll: number;
}

export const startBoard = (): Board => ({
  newest: null,
  oldest: null,
  radar: null,
  early: null,
  windows: 0,
  open: new Map(),
  over: new Map(),
  answers: new Map(),
  guesses: new Map(),
  changes: [],
  lanes: new Map(),
  pulses: [],
  unusual: null,
  highest: null,
  learned: null,
  rows: new Map(),
  followed: new Set(),
  shown: new Map(),
  shownInAll: 0,
});
