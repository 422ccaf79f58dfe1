import { fieldAt } from '../../../config/scalars.ts';
import type { Candidate } from './candidates.ts';
import { fits } from './matches.ts';

/** A field that is otherwise than it was asked for; `actual` is undefined where there is none. */
export interface Mismatch {
  path: string;
  wanted: unknown;
  actual: unknown;
}

/** The fields of a record that do not fit, by the name they are asked by. */
export function mismatches(record: unknown, wanted: Readonly<Record<string, unknown>>): Mismatch[] {
  return Object.entries(wanted).flatMap(([path, value]) => {
    const actual = fieldAt(record, path);
    return fits(actual, value) ? [] : [{ path, wanted: value, actual }];
  });
}

/** The candidate with the fewest fields that do not fit, the first of equals; null of none. */
export function nearest(
  candidates: readonly Candidate[],
  wanted: Readonly<Record<string, unknown>>,
): { candidate: Candidate; differs: Mismatch[] } | null {
  let best: { candidate: Candidate; differs: Mismatch[] } | null = null;
  for (const candidate of candidates) {
    const differs = mismatches(candidate.record, wanted);
    if (!best || differs.length < best.differs.length) best = { candidate, differs };
  }
  return best;
}
