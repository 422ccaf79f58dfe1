import type { RateState } from '../../signal.ts';

const HOUR = 3_600_000;
/** Length of a part of the past that is counted by itself. */
export const PART = 6 * HOUR;
/** Parts that are kept: a week, the part that is open, and one for where the week begins within a part. */
const PARTS = 30;
/** Times of moving that are kept; the oldest go first. */
const MOVES = 8;

/** A stretch of windows in which a topic did something else than usual. Times in milliseconds, event time. */
export interface Move {
  /** First event of its first window, or when the first window without one began. */
  at: number;
  /** End of its last window. */
  until: number;
  state: RateState;
  /** Events in it, and what was usual in so many windows. */
  count: number;
  usual: number | null;
}

/** What a topic's past was, as far as it is kept: when it moved, and how many events came in each six hours. Plain data. */
export interface Past {
  moves: Move[];
  /** Index of the part (time / six hours) and its events, oldest first; parts without an event are left out. */
  parts: [number, number][];
}

export function startPast(): Past {
  return { moves: [], parts: [] };
}

/** Counts one event. */
export function addToParts(past: Past, time: number): void {
  const part = Math.floor(time / PART);
  const { parts } = past;
  const last = parts.at(-1);
  if (last?.[0] === part) last[1] += 1;
  else if (!last || last[0] < part) {
    // Not pushed: that would make room for sixteen more, and most patterns are seen in one part alone.
    past.parts = [...parts, [part, 1] as [number, number]].slice(-PARTS);
  } else addLate(parts, part, 1);
}

/** An event of a part that another has followed already. */
function addLate(parts: [number, number][], part: number, count: number): void {
  const at = parts.findIndex(([index]) => index >= part);
  if (parts[at]?.[0] === part) parts[at][1] += count;
  else if (at > 0 || parts.length < PARTS) parts.splice(at < 0 ? parts.length : at, 0, [part, count]);
}

/** Events in the last `span` milliseconds before `now`, to the part. */
export function countSince({ parts }: Past, now: number, span: number): number {
  const from = Math.floor((now - span) / PART);
  return parts.reduce((sum, [part, count]) => (part > from ? sum + count : sum), 0);
}

/** Less than usual, not more. */
const isLess = ({ state }: Move): boolean => state === 'gone' || state === 'falling';

/** Remembers that a topic moved in a window; what goes on from the window before in the same direction is one move. */
export function addMove(past: Past, move: Move, windowMs: number): void {
  const last = past.moves.at(-1);
  if (last && isLess(last) === isLess(move) && move.until - last.until <= windowMs) {
    last.until = move.until;
    last.count += move.count;
    last.usual = last.usual === null || move.usual === null ? null : last.usual + move.usual;
    return;
  }
  past.moves.push(move);
  if (past.moves.length > MOVES) past.moves.shift();
}

/** The past of two topics that are one. */
export function mergePast(into: Past, from: Past): void {
  into.moves = [...into.moves, ...from.moves].sort((a, b) => a.at - b.at).slice(-MOVES);
  for (const [part, count] of from.parts) addLate(into.parts, part, count);
  into.parts.splice(0, into.parts.length - PARTS);
}
