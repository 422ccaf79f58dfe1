import { duration } from '../../views/text/duration.ts';
import type { Expectation } from './testCase.ts';

/** What came, in milliseconds after the start, and whether it is what was asked for. */
export interface Came {
  offset: number;
  fits: boolean;
}

/** Most characters of a diagram; frames grow until it fits. */
const widest = 48;
const lengths = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 21_600, 86_400].map((seconds) => seconds * 1000);

/**
 * When something may come, and under it when something came: `x` what was asked for, `=` where it may be, `?` what else
 * came. Many things in one frame are one character.
 */
export function timeline(came: readonly Came[], expected: Pick<Expectation, 'at' | 'by' | 'after' | 'count'>, frame: number): string[] {
  const { at, by, after, count } = expected;
  const last = Math.max(0, at ?? 0, by ?? 0, after ?? 0, ...came.map(({ offset }) => offset));
  const length = [frame, ...lengths].find((one) => one >= frame && last / one < widest) ?? Math.ceil(last / widest);
  const frames = Array.from({ length: Math.floor(last / length) + 1 }, (_, i) => i * length);
  const isIn = (from: number, time: number) => time >= from && time < from + length;
  const may = (from: number) =>
    at === undefined ? (after === undefined || from + length > after) && (by === undefined || from <= by) : isIn(from, at);
  const wanted = frames.map((from) => (count === 0 || !may(from) ? '-' : at === undefined ? '=' : 'x'));
  const actual = frames.map((from) => {
    const here = came.filter(({ offset }) => isIn(from, offset));
    return here.some(({ fits }) => fits) ? 'x' : here.length > 0 ? '?' : '-';
  });
  return [`  expected  ${wanted.join('')}  a character is ${duration(length)}`, `  actual    ${actual.join('')}`];
}
