import { z } from 'zod';
import { standing } from './standing.ts';

/** A decimal string in the budget's currency. Estimates are rounded to its usual decimals, bookings are exact. */
const amount = z.string();
export type Amount = z.output<typeof amount>;
/** ISO 8601 UTC. */
const iso = z.string();
export type Iso = z.output<typeof iso>;
const severity = z.enum(['info', 'warning', 'critical']);

const pace = z.object({ window_ms: z.number(), spent: amount, multiple: z.number() });

/** A burn-rate policy: both windows must exceed `fires_above`, as multiples of an even pace. */
const burnRow = z.object({
  name: z.string(),
  long: pace,
  short: pace,
  fires_above: z.number(),
  state: z.enum(['clear', 'firing']),
  severity,
  since: iso.nullable(),
});
export type BurnRow = z.output<typeof burnRow>;

const thresholdRow = z.object({
  at: z.number(),
  on: z.enum(['actual', 'forecasted']),
  severity,
  state: z.enum(['ahead', 'firing', 'ended']),
  since: iso.nullable(),
  /** When the recent pace reaches it within the period; null when it does not, or was there already. */
  estimate: iso.nullable(),
});
export type ThresholdRow = z.output<typeof thresholdRow>;

/** The verdict of `checkBudget`, unchanged. */
const check = z.object({
  currentSpend: z.number(),
  budgetLimit: z.number(),
  warningRatio: z.number(),
  usageRatio: z.number(),
  remainingBudget: z.number(),
  isWarning: z.boolean(),
  isBreached: z.boolean(),
});

/** A budget at one moment, as plain data with the names that `--json` prints. Lengths of time in milliseconds. */
export const budgetResult = z.object({
  rule: z.string().nullable(),
  key: z.string(),
  at: iso,
  currency: z.string(),
  period: z.object({
    id: z.string(),
    label: z.string(),
    start: iso,
    end: iso,
    time_zone: z.string(),
    length_ms: z.number(),
    elapsed_ratio: z.number(),
  }),
  limit: amount,
  spent: amount,
  usage_ratio: z.number(),
  charges: amount,
  /** 0 or negative; how they count is `credits_mode`. */
  credits: amount,
  /** Charges and credits together, which may be below 0, whatever the mode. */
  net: amount,
  credits_mode: z.enum(['net', 'gross', 'separate']),
  reserved: amount,
  /** What would be spent by now at a pace that just reaches the limit. */
  even_pace: amount,
  left: amount,
  check,
  /** The recent pace, and when it would use up what is left; null when it would not. */
  pace: z.object({ window_ms: z.number(), spent: amount, lasts_ms: z.number().nullable(), until: iso.nullable() }),
  burn: z.array(burnRow),
  forecast: z.object({
    expected: amount,
    low: amount,
    high: amount,
    interval: z.number(),
    p_breach: z.number(),
    if_normal: amount.nullable(),
    confidence: z.enum(['low', 'normal']),
    buckets: z.number(),
  }),
  thresholds: z.array(thresholdRow),
  where: z.object({ window_ms: z.number(), rows: z.array(z.object({ name: z.string(), spent: amount, share: z.number() })) }),
  data: z.object({
    complete_to: iso,
    accepted: z.number(),
    duplicate: z.number(),
    stale: z.number(),
    rejected: z.number(),
    late: z.number(),
    credits: z.number(),
    ids_forgotten: z.number(),
  }),
  /** Spend of periods that are closed for good, newest last. */
  history: z.array(z.object({ period: z.string(), spent: amount })),
  ...standing,
});
export type BudgetResult = z.output<typeof budgetResult>;
