import { predict } from '../rates/rates.ts';
import type { Pattern } from '../patterns/pattern.ts';
import type { OpenWindow } from '../windows/window.ts';

/** Part of what is usual that must rise with the volume. */
const HALF = 0.5;

/**
 * Whether a group's traffic rises as a whole, `ratio` times the usual: where a few patterns flood it, they are the news and
 * not the volume. A pattern rises with it when it comes at least the root of that times as often.
 */
export function risesAsWhole(patterns: Iterable<Pattern>, { cells }: OpenWindow, ratio: number): boolean {
  let all = 0;
  let rising = 0;
  for (const pattern of patterns) {
    const usual = predict(pattern.rate, 1)?.mean ?? 0;
    all += usual;
    if ((cells.get(pattern)?.count ?? 0) >= usual * Math.sqrt(ratio)) rising += usual;
  }
  return rising >= HALF * all;
}
