import type { Blip, EarlierBlip } from '../../signal.ts';
import { TREND } from '../patterns/pattern.ts';
import { blipKey, merges, windowLength, type RankedWindow } from './rankedWindow.ts';

/** Score from which a line is worth remembering: half of the full score. */
const SALIENT = 50;
/** Lines that are shown of what is over. */
const SHOWN = 3;
/**
 * How long it is shown: what only just stood out for two windows, the more it did the longer, about five at the full score; no
 * longer than six hours, no shorter than two windows.
 */
const WINDOWS = 5;
const FULL = 100;
const LEAST_WINDOWS = 2;
const LONGEST = 6 * 3_600_000;
/** What is remembered at most; that which has faded most goes first. */
const MOST = 64;

/** What stood on top: its line in its strongest window, and the end of the last one in which it did. Plain data. */
export interface Salient {
  peak: Blip;
  until: string;
}

/**
 * What was on top before this window and is over, the least faded first, at most three. `top` are the lines that this
 * window lists, `all` all of it; `remembered` is brought up to date.
 */
export function followEarlier(
  { top, all }: { top: readonly Blip[]; all: readonly Blip[] },
  remembered: Salient[],
  window: RankedWindow,
): EarlierBlip[] {
  const held = new Map(remembered.map((one) => [blipKey(one.peak), one]));
  const now = new Set<string>();
  for (const blip of all) takeMerged(held, blip);
  for (const blip of top) {
    const stands = blip.score >= SALIENT ? !isLearned(blip) : blip.on_since !== undefined && blip.count > 0;
    if (!stands) continue;
    const key = blipKey(blip);
    const known = held.get(key);
    now.add(key);
    held.set(key, { peak: known && !isFaded(known, window) && known.peak.score >= blip.score ? known.peak : blip, until: window.end });
  }
  // What is on and was not listed, for more was: it is no more over than the others.
  for (const blip of all) if (blip.on_since !== undefined || blip.score >= SALIENT) now.add(blipKey(blip));
  const kept = [...held.values()]
    .filter((one) => !isFaded(one, window))
    .sort((a, b) => weight(b, window) - weight(a, window) || order(a, b));
  remembered.splice(0, remembered.length, ...kept.slice(0, MOST));
  const lines = new Map(all.map((blip) => [blipKey(blip), blip]));
  return kept
    .filter(({ peak }) => !now.has(blipKey(peak)))
    .slice(0, SHOWN)
    .map(({ peak, until }) => ({ ...peak, until, trend_now: trendNow(peak, lines.get(blipKey(peak)), window) }));
}

/** While a group is learned everything in it is new: that it no longer is, is nothing to look back at. */
const isLearned = ({ why, state }: Blip): boolean => why.learning !== undefined && (state === 'new' || state === 'returning');

/** Milliseconds for which a line is shown once it is over. */
function shownFor(peak: Blip): number {
  const length = windowLength(peak);
  const loud = Math.max(0, peak.score - SALIENT) / (FULL - SALIENT);
  const windows = Math.floor(LEAST_WINDOWS + (WINDOWS - LEAST_WINDOWS) * loud * loud);
  return Math.max(LEAST_WINDOWS * length, Math.min(windows * length, LONGEST));
}

const age = ({ until }: Salient, { end }: RankedWindow): number => Date.parse(end) - Date.parse(until);
const isFaded = (one: Salient, window: RankedWindow): boolean => age(one, window) > shownFor(one.peak);

/** Its score, less the longer it is over: what stood out more stands no higher for being shown longer. */
const weight = (one: Salient, window: RankedWindow): number =>
  one.peak.score * (1 - age(one, window) / (WINDOWS * windowLength(one.peak) + 1));

const order = (a: Salient, b: Salient): number => (blipKey(a.peak) < blipKey(b.peak) ? -1 : 1);

/** What is remembered of patterns that have become part of another is the other's, the strongest of them. */
function takeMerged(held: Map<string, Salient>, blip: Blip): void {
  for (const key of merges(blip)) {
    const former = held.get(key);
    if (!former) continue;
    held.delete(key);
    const known = held.get(blipKey(blip));
    const peak = { ...former.peak, topic_id: blip.topic_id };
    if (!known || known.peak.score < peak.score) held.set(blipKey(blip), { ...former, peak });
  }
}

/** Its counts up to this window: those the pattern has now, else zeros since. */
function trendNow(peak: Blip, line: Blip | undefined, { end }: RankedWindow): number[] {
  if (line) return line.trend;
  const since = Math.min(TREND, Math.round((Date.parse(end) - Date.parse(peak.end)) / windowLength(peak)));
  return [...peak.trend, ...Array<number>(since).fill(0)].slice(-TREND);
}
