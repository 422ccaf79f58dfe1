import type { BreakerOptions } from './options.ts';

export interface Tally {
  calls: number;
  failures: number;
  slow: number;
}

/** Calls of a count window (one cell a call) or of a time window (one cell a step); plain data. */
export interface WindowState {
  /** Count windows: a ring of 1 (failed) + 2 (slow). */
  ring: number[];
  next: number;
  /** Time windows: oldest first. */
  cells: ({ step: number } & Tally)[];
  total: Tally;
}

const steps = 20;

export const emptyWindow = (): WindowState => ({
  ring: [],
  next: 0,
  cells: [],
  total: { calls: 0, failures: 0, slow: 0 },
});

const add = (tally: Tally, calls: number, failures: number, slow: number) => {
  tally.calls += calls;
  tally.failures += failures;
  tally.slow += slow;
};

/** Adds a call, and lets go of what no longer belongs to the window. */
export function addCall(
  window: WindowState,
  { type, size }: BreakerOptions['slidingWindow'],
  now: number,
  failed: boolean,
  slow: boolean,
): void {
  const bits = [failed ? 1 : 0, slow ? 1 : 0] as const;
  add(window.total, 1, ...bits);
  if (type === 'count') {
    const old = window.ring[window.next];
    if (old !== undefined) add(window.total, -1, -(old & 1), -(old >> 1));
    window.ring[window.next] = bits[0] + 2 * bits[1];
    window.next = (window.next + 1) % size;
    return;
  }
  const step = Math.floor((now * steps) / size);
  const last = window.cells.at(-1);
  // A call from a step that has passed is counted in the newest one: the window never runs backwards.
  if (last && last.step >= step) add(last, 1, ...bits);
  else window.cells.push({ step, calls: 1, failures: bits[0], slow: bits[1] });
  expireCalls(window, { type, size }, now);
}

/** Lets go of the steps of a time window that lie wholly before it. */
export function expireCalls(window: WindowState, { type, size }: BreakerOptions['slidingWindow'], now: number): void {
  if (type === 'count') return;
  const oldest = Math.floor((now * steps) / size) - steps;
  for (let cell = window.cells[0]; cell && cell.step <= oldest; cell = window.cells[0]) {
    add(window.total, -cell.calls, -cell.failures, -cell.slow);
    window.cells.shift();
  }
}
