import type { Finding, Mark, Radar } from '../signal.ts';

/** Something that was on a screen and that people can answer to by its id. */
export interface Shown {
  id: string;
  kind: 'pattern' | 'finding' | 'episode' | 'group';
  label: string;
  group_id: string;
}

/** What came of a group in an hour of event time that began at `hour`, milliseconds since 1970. */
export interface GroupHour {
  hour: number;
  events: number;
}

/** What a board holds at most; of everything but open findings what is oldest goes first. */
export const caps = {
  /** Open findings: further ones are not taken in while so many are open. */
  open: 1000,
  /** Findings that are over. */
  over: 1000,
  answers: 100,
  changes: 64,
  groups: 512,
  hours: 24,
  shown: 5000,
} as const;

/**
 * What a person would have on the desk: what is ranked, open, answered and recent as of the newest signal. Made by
 * `reduceBoard` alone, so that all who look at it agree. Times are milliseconds of event time.
 */
export interface Board {
  /** Newest time that a finding or a line of a pattern is of; null before the first. */
  newest: number | null;
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
  /** Changes, as they became known. */
  changes: Mark[];
  /** The last hours of each group that had events, oldest first. */
  groups: Map<string, GroupHour[]>;
  /** What was shown, first shown first, and how many things in all, those that were let go of too. */
  shown: Map<string, Shown>;
  shownInAll: number;
}

export const startBoard = (): Board => ({
  newest: null,
  radar: null,
  early: null,
  windows: 0,
  open: new Map(),
  over: new Map(),
  answers: new Map(),
  changes: [],
  groups: new Map(),
  shown: new Map(),
  shownInAll: 0,
});
