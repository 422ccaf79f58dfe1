import type { BurnPolicy } from './burnRate.ts';
import type { PeriodName } from './period.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How spend is watched over a period: burn policies, and the bucket its pace is learned in. */
export interface Rhythm {
  burn: BurnPolicy[];
  /** Milliseconds. */
  bucket: number;
}

const policies = (fast: [number, number, number], slow: [number, number, number]): BurnPolicy[] => [
  { name: 'fast', fraction: fast[0], long: fast[1], short: fast[2], severity: 'critical' },
  { name: 'slow', fraction: slow[0], long: slow[1], short: slow[2], severity: 'warning' },
];

/**
 * Defaults by period: `fast` fires near six times the even pace, `slow` somewhat above it over about a tenth of the
 * period, each with a short window of about a twelfth. A month's are 5 % in 6 h and 10 % in 3 d.
 */
const rhythms: Record<PeriodName, Rhythm> = {
  hour: { burn: policies([0.5, 5 * minute, minute], [0.4, 15 * minute, 5 * minute]), bucket: 5 * minute },
  day: { burn: policies([0.13, 30 * minute, 5 * minute], [0.2, 3 * hour, 30 * minute]), bucket: hour },
  week: { burn: policies([0.07, 2 * hour, 15 * minute], [0.2, day, 2 * hour]), bucket: 6 * hour },
  month: { burn: policies([0.05, 6 * hour, 30 * minute], [0.1, 3 * day, 6 * hour]), bucket: day },
  quarter: { burn: policies([0.06, day, 2 * hour], [0.1, 7 * day, day]), bucket: day },
  year: { burn: policies([0.05, 3 * day, 6 * hour], [0.1, 30 * day, 3 * day]), bucket: 7 * day },
};
const lengths: [PeriodName, number][] = [
  ['hour', hour],
  ['day', day],
  ['week', 7 * day],
  ['month', 31 * day],
  ['quarter', 92 * day],
  ['year', 366 * day],
];

/** The rhythm of a named period, or for a rolling window that of the shortest named period at least as long. */
export function findRhythm(period: PeriodName | number): Rhythm {
  if (typeof period === 'string') return rhythms[period];
  const [name] = lengths.find(([, length]) => period <= length) ?? ['year' as const];
  return rhythms[name];
}
