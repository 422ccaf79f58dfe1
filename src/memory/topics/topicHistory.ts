import type { Judgement } from '../judge/judge.ts';
import { addMove, addToParts, mergePast } from './past.ts';
import { fadeOf, skipWindows, updateRate } from '../rates/rates.ts';
import { hasMoved } from '../ranking/together.ts';
import { TREND, type Topic } from './topic.ts';
import { addToWeight, closePeriods } from '../classic/weights.ts';
import type { Cell } from '../windows/window.ts';

/** Counts one event; `level` is an index of `levels`, -1 where none was given. */
export function countEvent(topic: Topic, time: number, level: number, periodMs: number): void {
  topic.total += 1;
  if (time > topic.last) topic.last = time;
  if (time < topic.first) topic.first = time;
  if (level > topic.level) topic.level = level;
  addToWeight(topic.weight, time, periodMs);
  addToParts(topic.past, time);
}

/** Folds the windows between the topic's last and `index`, in which it was not seen. */
export function catchUp(topic: Topic, index: number, halfLife: number): void {
  const missed = index - 1 - topic.window;
  if (missed <= 0) return;
  skipWindows(topic.rate, missed, halfLife);
  for (let i = 0; i < Math.min(missed, TREND); i++) topic.trend.push(0);
  topic.trend.splice(0, topic.trend.length - TREND);
  topic.window = index - 1;
}

/** Folds one window of which `exposure` was watched. */
export function foldWindow(topic: Topic, index: number, count: number, exposure: number, halfLife: number): void {
  updateRate(topic.rate, count, exposure, fadeOf(1, halfLife));
  topic.trend.push(count);
  if (topic.trend.length > TREND) topic.trend.shift();
  topic.window = index;
  if (count > 0) topic.gone = false;
  else if (topic.gone && isSilent(topic)) {
    // Told to be gone, and silent for as long as the trend shows: what was usual before is usual no more.
    topic.rate = { sum: 0, squares: 0, exposure: TREND };
  }
}

/** Remembers what it did in the window from `start` to `end`, if that was to move. `cell` is null when it was not seen. */
export function foldMove(
  topic: Topic,
  judged: Pick<Judgement, 'state' | 'bits' | 'usual'>,
  cell: Cell | null,
  start: number,
  end: number,
): void {
  const { state, bits, usual } = judged;
  if (!hasMoved(state, bits)) return;
  addMove(topic.past, { at: cell?.first ?? start, until: end, state, count: cell?.count ?? 0, usual }, end - start);
}

/** Not one event in the windows the trend shows. */
export function isSilent(topic: Topic): boolean {
  return topic.trend.every((n) => n === 0);
}

/** Founded since the last window was closed: nobody has been told of it yet. */
export function isFresh(topic: Topic): boolean {
  return topic.returnedIn === null && topic.trend.length === 0 && topic.window < topic.foundedIn;
}

/** A fresh topic turned out to be the same: its events count as if they had been the heir's from the start. */
export function joinHistory(heir: Topic, fresh: Topic, periodMs: number): void {
  heir.total += fresh.total;
  heir.first = Math.min(heir.first, fresh.first);
  heir.last = Math.max(heir.last, fresh.last);
  heir.level = Math.max(heir.level, fresh.level);
  closePeriods(heir.weight, fresh.weight.period, periodMs);
  heir.weight.n += fresh.weight.n;
  heir.weight.seen = Math.max(heir.weight.seen, fresh.weight.seen);
  mergePast(heir.past, fresh.past);
}

/** Folds the history of a topic that turned out to be the same into its heir's. */
export function mergeHistory(heir: Topic, gone: Topic, halfLife: number): void {
  const next = Math.max(heir.window, gone.window) + 1;
  catchUp(heir, next, halfLife);
  catchUp(gone, next, halfLife);
  heir.rate.sum += gone.rate.sum;
  heir.rate.squares += gone.rate.squares;
  heir.rate.exposure = Math.max(heir.rate.exposure, gone.rate.exposure);
  heir.trend = sumOfTrends(heir.trend, gone.trend);
  heir.total += gone.total;
  heir.first = Math.min(heir.first, gone.first);
  heir.last = Math.max(heir.last, gone.last);
  heir.level = Math.max(heir.level, gone.level);
  heir.weight.weight = Math.max(heir.weight.weight, gone.weight.weight);
  heir.weight.founded = Math.min(heir.weight.founded, gone.weight.founded);
  heir.weight.seen = Math.max(heir.weight.seen, gone.weight.seen);
  heir.weight.n += gone.weight.n;
  mergePast(heir.past, gone.past);
}

/** Element by element, aligned at the newest. */
function sumOfTrends(a: readonly number[], b: readonly number[]): number[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, i) => (a[i - length + a.length] ?? 0) + (b[i - length + b.length] ?? 0));
}
