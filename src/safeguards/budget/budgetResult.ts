import type { BudgetCheck } from '../checkBudget.ts';
import type { Alarm } from './state.ts';

/** A decimal string in the budget's currency. Estimates are rounded to its usual decimals, bookings are exact. */
export type Amount = string;
export type Iso = string;

/** A budget at one moment, as plain data with the names that `--json` prints. Lengths of time in milliseconds. */
export interface BudgetResult {
  rule: string | null;
  key: string;
  at: Iso;
  currency: string;
  period: {
    id: string;
    label: string;
    start: Iso;
    end: Iso;
    time_zone: string;
    length_ms: number;
    elapsed_ratio: number;
  };
  limit: Amount;
  spent: Amount;
  usage_ratio: number;
  charges: Amount;
  /** 0 or negative; how they count is `credits_mode`. */
  credits: Amount;
  /** Charges and credits together, which may be below 0, whatever the mode. */
  net: Amount;
  credits_mode: 'net' | 'gross' | 'separate';
  reserved: Amount;
  /** What would be spent by now at a pace that just reaches the limit. */
  even_pace: Amount;
  left: Amount;
  /** The verdict of `checkBudget`, unchanged. */
  check: BudgetCheck;
  /** The recent pace, and when it would use up what is left; null when it would not. */
  pace: { window_ms: number; spent: Amount; lasts_ms: number | null; until: Iso | null };
  burn: BurnRow[];
  forecast: {
    expected: Amount;
    low: Amount;
    high: Amount;
    interval: number;
    p_breach: number;
    if_normal: Amount | null;
    confidence: 'low' | 'normal';
    buckets: number;
  };
  thresholds: ThresholdRow[];
  where: { window_ms: number; rows: { name: string; spent: Amount; share: number }[] };
  data: {
    complete_to: Iso;
    accepted: number;
    duplicate: number;
    stale: number;
    rejected: number;
    late: number;
    credits: number;
    ids_forgotten: number;
  };
  /** Spend of periods that are closed for good, newest last. */
  history: { period: string; spent: Amount }[];
}

export interface BurnRow {
  name: string;
  long: { window_ms: number; spent: Amount; multiple: number };
  short: { window_ms: number; spent: Amount; multiple: number };
  fires_above: number;
  state: 'clear' | 'firing';
  severity: Alarm['severity'];
  since: Iso | null;
}

export interface ThresholdRow {
  at: number;
  on: 'actual' | 'forecasted';
  severity: Alarm['severity'];
  state: 'ahead' | 'firing' | 'ended';
  since: Iso | null;
  /** When the recent pace reaches it within the period; null when it does not, or was there already. */
  estimate: Iso | null;
}
