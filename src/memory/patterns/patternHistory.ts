import type { Judgement } from '../judge/judge.ts';
import { addMove, addToParts, mergePast } from './past.ts';
import { MOVED } from '../judge/stateWord.ts';
import { addGap, mergeGaps, missedAfter } from '../rates/gaps.ts';
import { KEPT_FROM, countHours, mergeHours, startHours } from '../rates/hours.ts';
import { computeFade, skipWindows, updateRate } from '../rates/rates.ts';
import { hasMoved } from '../ranking/together.ts';
import { TREND, type Pattern } from './pattern.ts';
import type { Cell } from '../windows/window.ts';

const HOUR = 3_600_000;
/** What comes less often than that on the whole is judged by its gaps, not by the hour. */
const LEAST_AN_HOUR = 1;

/** Counts one line; `level` is an index of `levels`, -1 where none was given. */
export function countLine(pattern: Pattern, time: number, level: number): void {
  if (pattern.total > 0 && time >= pattern.last) addGap(pattern.gaps, time - pattern.last, time);
  pattern.total += 1;
  if (time > pattern.last) pattern.last = time;
  if (time < pattern.first) pattern.first = time;
  if (level > pattern.level) pattern.level = level;
  addToParts(pattern.past, time);
}

/** Folds the windows between the pattern's last and `index`, in which it was not seen. */
export function catchUp(pattern: Pattern, index: number, halfLife: number): void {
  const missed = index - 1 - pattern.window;
  if (missed <= 0) return;
  skipWindows(pattern.rate, missed, halfLife);
  for (let i = 0; i < Math.min(missed, TREND); i++) pattern.trend.push(0);
  pattern.trend.splice(0, pattern.trend.length - TREND);
  pattern.window = index - 1;
}

/** Folds one window of which `exposure` was watched. */
export function foldWindow(pattern: Pattern, index: number, count: number, exposure: number, halfLife: number): void {
  updateRate(pattern.rate, count, exposure, computeFade(1, halfLife));
  // Not pushed: that would make room for sixteen more.
  pattern.trend = [...pattern.trend, count].slice(-TREND);
  pattern.window = index;
  if (count > 0) {
    const after = missedAfter(pattern.gaps, MOVED);
    pattern.missedAt = after === null ? null : pattern.last + after;
    // Not deleted: an object that lost a property is slow for good.
    pattern.missedIn = undefined;
  }
  if (count > 0) pattern.gone = false;
  else if (pattern.gone && isSilent(pattern)) {
    // Reported gone, and silent for as long as the trend shows: what was usual before is usual no more.
    pattern.rate = { sum: 0, squares: 0, exposure: TREND };
  }
}

/** Windows as they are counted by the hour: the one from `start` to `end` and those before it, from `since` on, without an event. */
interface CountedWindow {
  since: number;
  start: number;
  end: number;
  count: number;
  exposure: number;
}

/** Counts a window, and those without an event before it, by the hour of the day and the day of the week. */
export function foldHours(pattern: Pattern, { since, start, end, count, exposure }: CountedWindow): void {
  if (pattern.hours === null) {
    const perHour = (pattern.rate.sum / pattern.rate.exposure) * (HOUR / (end - start));
    if (start - pattern.first < KEPT_FROM || !(perHour >= LEAST_AN_HOUR)) return;
    pattern.hours = startHours();
  } else if (since < start) countHours(pattern.hours, since, start, 0);
  if (exposure >= 0.5) countHours(pattern.hours, start, end, count / exposure);
}

/** Remembers what it did in the window from `start` to `end`, if that was to move. `cell` is null when it was not seen. */
export function foldMove(
  pattern: Pattern,
  judged: Pick<Judgement, 'state' | 'bits' | 'usual'>,
  cell: Cell | null,
  start: number,
  end: number,
): void {
  const { state, bits, usual } = judged;
  if (!hasMoved(state, bits)) return;
  addMove(pattern.past, { at: cell?.first ?? start, until: end, state, count: cell?.count ?? 0, usual }, end - start);
}

/** Not one event in the windows the trend shows. */
export function isSilent(pattern: Pattern): boolean {
  return pattern.trend.every((n) => n === 0);
}

/** Founded since the last window was closed: it has not been emitted yet. */
export function isFresh(pattern: Pattern): boolean {
  return pattern.returnedIn === null && pattern.trend.length === 0 && pattern.window < pattern.foundedIn;
}

/** Folds the history of a pattern whose template became part of another's into its heir's. */
export function mergePatterns(heir: Pattern, gone: Pattern, halfLife: number): void {
  const next = Math.max(heir.window, gone.window) + 1;
  catchUp(heir, next, halfLife);
  catchUp(gone, next, halfLife);
  mergeGaps(heir.gaps, gone.gaps);
  heir.hours = mergeHours(heir.hours, gone.hours);
  heir.rate.sum += gone.rate.sum;
  heir.rate.squares += gone.rate.squares;
  heir.rate.exposure = Math.max(heir.rate.exposure, gone.rate.exposure);
  heir.trend = sumOfTrends(heir.trend, gone.trend);
  heir.total += gone.total;
  heir.first = Math.min(heir.first, gone.first);
  heir.last = Math.max(heir.last, gone.last);
  heir.level = Math.max(heir.level, gone.level);
  mergePast(heir.past, gone.past);
}

/** Element by element, aligned at the newest. */
function sumOfTrends(a: readonly number[], b: readonly number[]): number[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, i) => (a[i - length + a.length] ?? 0) + (b[i - length + b.length] ?? 0));
}
