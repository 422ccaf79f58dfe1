import { createPeriods, type Anchor, type Period, type PeriodName } from './period.ts';

export type { Period } from './period.ts';

/** Where a record's amount is booked, and which bookings make up the period in force. */
export interface Accounting {
  readonly rolling: boolean;
  /** The step an instant is booked in: the period itself, or a ninety-sixth of a rolling window. */
  stepAt(ms: number): Period;
  /** The period in force at an instant. */
  periodAt(ms: number): Period;
  /** Start of the oldest step that still takes records when it is `now`. */
  horizon(now: number): number;
}

/** Calendar periods: each is booked as a whole; `keep` closed ones still take late records. */
export function calendarAccounting(name: PeriodName, timeZone: string, anchor: Anchor | undefined, keep: number): Accounting {
  const at = createPeriods(name, timeZone, anchor);
  // A second finder, so that looking back does not push the present period out of the first one's memory.
  const back = createPeriods(name, timeZone, anchor);
  let memo: { start: number; horizon: number } | undefined;
  const horizon = (now: number): number => {
    const { start } = at(now);
    if (memo?.start !== start) {
      let oldest = start;
      for (let i = 0; i < keep; i += 1) oldest = back(oldest - 1).start;
      memo = { start, horizon: oldest };
    }
    return memo.horizon;
  };
  return { rolling: false, stepAt: at, periodAt: at, horizon };
}

const stepsInWindow = 96;

/**
 * The last so many milliseconds, moved on in steps of a ninety-sixth (15 minutes of a day). The window holds the
 * running step and 96 full ones: up to one step too much, never too little, for it guards a limit.
 */
export function rollingAccounting(length: number, label: string): Accounting {
  const width = Math.max(1, Math.round(length / stepsInWindow));
  const stepAt = (ms: number): Period => {
    const start = Math.floor(ms / width) * width;
    const id = new Date(start).toISOString();
    return { id, label: id, start, end: start + width };
  };
  const horizon = (now: number) => stepAt(now).start - length;
  const periodAt = (ms: number): Period => ({
    id: `rolling/${label}`,
    label: `last ${label}`,
    start: horizon(ms),
    end: stepAt(ms).end,
  });
  return { rolling: true, stepAt, periodAt, horizon };
}
