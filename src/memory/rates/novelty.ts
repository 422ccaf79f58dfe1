/** How often a group makes new topics: faded counts. Plain data. */
export interface NoveltyRate {
  /** Topics founded so far. */
  founded: number;
  /** Events so far. */
  events: number;
  /** Topics founded in the windows after the group's first, in which everything is new. */
  later: number;
  /** Windows after the first. */
  windows: number;
}

/** Nothing is rarer than once in 4096: no stream is watched long enough to say more. */
const MOST = 12;
/** A topic was expected half, as in the estimator of Krichevsky and Trofimov. */
const HALF = 0.5;

export function startNovelty(): NoveltyRate {
  return { founded: 0, events: 0, later: 0, windows: 0 };
}

/**
 * Bits of novelty of a topic founded now: -log2 of the chance that something new comes anyhow. Two estimates, the
 * greater counts: new topics an event (which works from the first minute on) and new topics a window (so that a
 * stream that makes new ones all the time is not news because it is large). Ask before counting the topic.
 */
export function scoreNovelty(rate: NoveltyRate): number {
  const anEvent = (rate.founded + HALF) / (rate.events + 1);
  const aWindow = 1 - Math.exp(-newPerWindow(rate));
  const chance = Math.min(1, Math.max(anEvent, aWindow));
  return Math.min(MOST, -Math.log2(chance));
}

/** New topics expected in a window, the group's first window apart. */
export function newPerWindow(rate: NoveltyRate): number {
  return rate.later / (rate.windows + 1);
}

/** Closes a window that was not the group's first, with the topics founded in it. */
export function closeNoveltyWindow(rate: NoveltyRate, founded: number, fade: number): void {
  rate.founded *= fade;
  rate.events *= fade;
  rate.later = rate.later * fade + founded;
  rate.windows = rate.windows * fade + 1;
}
