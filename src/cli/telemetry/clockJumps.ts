import { duration } from '../../views/text/duration.ts';
import type { Reading } from './reading.ts';

/** The two clocks of the machine as they were last seen, milliseconds, and what was seen of them. */
export interface ClockJumps {
  wall: number;
  monotonic: number;
  count: number;
  /** How far the wall clock went beyond the other at the last jump. */
  by: number;
}

/** Two looks that differ by more than this are a jump: what keeps clocks right moves them by less. Milliseconds. */
const leastJump = 2_000;

export const startClockJumps = (wall: number, monotonic: number): ClockJumps => ({ wall, monotonic, count: 0, by: 0 });

/** Compares the wall clock with the one that never jumps. */
export function lookForClockJumps(jumps: ClockJumps, wall: number, monotonic: number): void {
  const by = wall - jumps.wall - (monotonic - jumps.monotonic);
  if (Math.abs(by) >= leastJump) Object.assign(jumps, { count: jumps.count + 1, by });
  Object.assign(jumps, { wall, monotonic });
}

export const readClockJumps = ({ count, by }: ClockJumps): Reading => ({
  kind: 'clock',
  component: '',
  count,
  what: `the clock of this machine jumped ${by < 0 ? 'back' : 'forward'} by ${duration(Math.abs(by))}: it was set, or the machine slept`,
});
