import { checkBudget, type BudgetCheck } from '../checkBudget.ts';
import type { Period } from './accounting.ts';
import type { Bucket } from './forecast.ts';
import { numberOf, type Pico } from './money.ts';
import type { Setup } from './setup.ts';
import type { LedgerState, Totals } from './state.ts';

/** What was booked in a period, all steps of it together. */
export type PeriodSums = Pick<Totals, 'charges' | 'credits' | 'records' | 'creditRecords' | 'late'>;

export function sumsOf(state: LedgerState, { accounting }: Setup, period: Period): PeriodSums {
  const sums = { charges: 0n, credits: 0n, records: 0, creditRecords: 0, late: 0 };
  const one = accounting.rolling ? undefined : state.steps.get(period.id);
  for (const totals of one ? [one] : state.steps.values()) {
    if (totals.start < period.start || totals.end > period.end) continue;
    sums.charges += totals.charges;
    sums.credits += totals.credits;
    sums.records += totals.records;
    sums.creditRecords += totals.creditRecords;
    sums.late += totals.late;
  }
  return sums;
}

/** What the limit is compared with: charges, less credits when they count. May be negative. */
export function spentOf({ options }: Setup, { charges, credits }: Pick<PeriodSums, 'charges' | 'credits'>): Pico {
  return options.credits === 'net' ? charges + credits : charges;
}

/** The pure verdict on a period. It knows no negative spend, so a balance in our favour is asked about as 0. */
export function checkOf(setup: Setup, spent: Pico): BudgetCheck {
  const currentSpend = spent > 0n ? numberOf(spent) : 0;
  return checkBudget({ currentSpend, budgetLimit: setup.limit, warningRatio: setup.options.warningRatio });
}

/** The pace so far, a bucket at a time, from the first record to now; oldest first. */
export function bucketsOf(state: LedgerState, { bucket, buckets }: Setup, now: number): Bucket[] {
  const first = state.first ?? now;
  const last = Math.ceil(now / bucket) - 1;
  const from = Math.max(Math.floor(first / bucket), last - buckets);
  const found: Bucket[] = [];
  for (let i = from; i <= last; i += 1) {
    const observed = Math.min(now, (i + 1) * bucket) - Math.max(first, i * bucket);
    if (observed > 0) found.push({ spent: numberOf(state.coarse.get(i) ?? 0n), coverage: observed / bucket });
  }
  return found;
}
