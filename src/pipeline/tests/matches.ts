import { RE2JS } from 're2js';
import { fieldAt } from '../../../config/scalars.ts';

const pattern = /^\/(.*)\/([ims]*)$/s;
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
    const found = pattern.exec(wanted);
    if (!found) return String(actual) === wanted && actual !== undefined;
    return (
      actual !== undefined &&
      actual !== null &&
      compile(found[1]!, found[2]!)
        .matcher(typeof actual === 'string' ? actual : JSON.stringify(actual))
        .find()
    );
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

function compile(source: string, flags: string): RE2JS {
  const bits =
    (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
    (flags.includes('m') ? RE2JS.MULTILINE : 0) |
    (flags.includes('s') ? RE2JS.DOTALL : 0);
  return RE2JS.compile(source, bits);
}
