import { calendarAccounting, rollingAccounting, type Accounting } from './accounting.ts';
import type { BurnPolicy } from './burnRate.ts';
import { countDecimals, picoToUnits, parseMoney, type Pico } from './money.ts';
import type { LedgerOptions } from './options.ts';
import { findRhythm } from './rhythm.ts';

/** What follows from a ledger's options, worked out once. Lengths of time in milliseconds. */
export interface Setup {
  options: LedgerOptions;
  accounting: Accounting;
  burn: BurnPolicy[];
  /** The limit exactly, and in units of the currency. */
  limitPico: Pico;
  limit: number;
  decimals: number;
  /** Window of the recent pace and of the breakdown: the first burn policy's long one. */
  paceWindow: number;
  /** Bins for burn rates, a sixth of the shortest window; and how far back they reach. */
  fine: number;
  fineReach: number;
  /** Buckets the forecast learns the pace in, kept in quarters, and how many. */
  bucket: number;
  buckets: number;
  /** Bins of the breakdown by name. */
  nameBin: number;
}

/** Bins that a bucket is kept in. */
export const quartersInBucket = 4;

const secondMs = 1000;
const units: [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', secondMs],
  ['ms', 1],
];

/** A length of time as one number and unit: `1h`, `24h`, `7d`. */
const writeLength = (ms: number): string => {
  const [named, size] = units.find(([unit, length]) => ms % length === 0 && ms >= (unit === 'd' ? 2 : 1) * length) ?? ['ms', 1];
  return `${ms / size}${named}`;
};

export function createSetup(options: LedgerOptions): Setup {
  const { rolling, timeZone, anchor, keep } = options;
  const period = options.period ?? 'month';
  const rhythm = findRhythm(rolling ?? period);
  const burn = options.burn ?? rhythm.burn;
  const limitPico = exactly(options.limit);
  const windows = burn.length > 0 ? burn : rhythm.burn;
  const paceWindow = windows[0]!.long;
  return {
    options,
    accounting:
      rolling === undefined ? calendarAccounting(period, timeZone, anchor, keep) : rollingAccounting(rolling, writeLength(rolling)),
    burn,
    limitPico,
    limit: picoToUnits(limitPico),
    decimals: countDecimals(options.currency),
    paceWindow,
    fine: Math.max(secondMs, Math.round(Math.min(...windows.map(({ short }) => short)) / 6)),
    fineReach: Math.max(...windows.map(({ long }) => long)),
    bucket: rhythm.bucket,
    buckets: 28,
    nameBin: Math.max(secondMs, Math.round(paceWindow / 12)),
  };
}

/** The limit was checked with the options; that it cannot be read now is a bug. */
function exactly(limit: string): Pico {
  const parsed = parseMoney(limit);
  if (!parsed.ok) throw new Error(`the limit of a budget cannot be read: ${parsed.reason}`);
  return parsed.pico;
}
