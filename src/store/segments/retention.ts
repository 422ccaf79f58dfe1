import { dayEnd } from './segmentName.ts';

export interface Kept {
  path: string;
  /** Day in UTC. */
  day: string;
  part: number;
  bytes: number;
}

export interface Retention {
  /** Milliseconds of event time, counted back from the newest event. */
  maxAge?: number | undefined;
  maxBytes?: number | undefined;
}

/** Oldest first: by day, then part, then path, so that the choice is the same every time. */
const byAge = (a: Kept, b: Kept) => dayEnd(a.day) - dayEnd(b.day) || a.part - b.part || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/**
 * Which segments go: days that ended `maxAge` or more before `newest` (event time, milliseconds since 1970), then the
 * oldest until the rest fits into `maxBytes`. The newest segment always stays.
 */
export function expired(segments: readonly Kept[], newest: number, { maxAge, maxBytes }: Retention): Kept[] {
  const oldestFirst = segments.toSorted(byAge);
  oldestFirst.pop();
  let total = segments.reduce((sum, { bytes }) => sum + bytes, 0);
  const gone: Kept[] = [];
  for (const segment of oldestFirst) {
    const tooOld = maxAge !== undefined && dayEnd(segment.day) <= newest - maxAge;
    const tooMuch = maxBytes !== undefined && total > maxBytes;
    if (!tooOld && !tooMuch) break;
    gone.push(segment);
    total -= segment.bytes;
  }
  return gone;
}
