import { compileMatcher, isSlashed } from '../../base/pattern.ts';
import { fieldAt } from '../../../config/scalars.ts';

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
};

/**
 * Whether a record has the wanted fields. Names may be dotted; text in slashes is a pattern (RE2 syntax, so it runs in
 * linear time); `{ gt: 5 }` compares; a list must have an element for each wanted one; the rest is equality.
 */
export function matches(record: unknown, wanted: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(wanted).every(([path, value]) => fits(fieldAt(record, path), value));
}

/** Whether one value is as it is asked for, by the rules of `matches`. */
export function fits(actual: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'string') {
    if (!isSlashed(wanted)) return String(actual) === wanted && actual !== undefined;
    return actual !== undefined && actual !== null && compileMatcher(wanted)(typeof actual === 'string' ? actual : JSON.stringify(actual));
  }
  if (Array.isArray(wanted)) return Array.isArray(actual) && wanted.every((w) => actual.some((a) => fits(a, w)));
  if (wanted !== null && typeof wanted === 'object') {
    const entries = Object.entries(wanted);
    if (entries.length > 0 && entries.every(([key]) => Object.hasOwn(comparisons, key))) {
      return typeof actual === 'number' && entries.every(([key, limit]) => comparisons[key]!(actual, Number(limit)));
    }
    return actual !== null && typeof actual === 'object' && matches(actual, wanted as Record<string, unknown>);
  }
  return actual === wanted;
}
