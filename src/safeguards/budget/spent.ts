import { checkBudget, type BudgetCheck } from '../checkBudget.ts';
import type { Period } from './accounting.ts';
import type { Bucket } from './forecast.ts';
import { picoToUnits, type Pico } from './money.ts';
import { quartersInBucket, type Setup } from './setup.ts';
import type { LedgerState, Totals } from './state.ts';

/** What was booked in a period, all steps of it together. */
export type PeriodSums = Pick<Totals, 'charges' | 'credits' | 'records' | 'creditRecords' | 'late'>;

export function sumPeriod(state: LedgerState, { accounting }: Setup, period: Period): PeriodSums {
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
export function countSpent({ options }: Setup, { charges, credits }: Pick<PeriodSums, 'charges' | 'credits'>): Pico {
  return options.credits === 'net' ? charges + credits : charges;
}

/** The pure verdict on a period. It knows no negative spend, so a balance in our favour is asked about as 0. */
export function checkSpent(setup: Setup, spent: Pico): BudgetCheck {
  const currentSpend = spent > 0n ? picoToUnits(spent) : 0;
  return checkBudget({ currentSpend, budgetLimit: setup.limit, warningRatio: setup.options.warningRatio });
}

/**
 * The pace so far, a bucket at a time, oldest first. Buckets are laid back from now in quarters, not by the clock: a
 * bucket that has just begun would make the pace of its first minutes that of the whole.
 */
export function listBuckets(state: LedgerState, { bucket, buckets }: Setup, now: number): Bucket[] {
  const first = state.first ?? now;
  const quarter = bucket / quartersInBucket;
  const found: Bucket[] = [];
  let end = Math.floor(now / quarter) + 1;
  for (let i = 0; i < buckets && end * quarter > first; i += 1, end -= quartersInBucket) {
    const from = end - quartersInBucket;
    let sum = 0n;
    for (let bin = from; bin < end; bin += 1) sum += state.coarse.get(bin) ?? 0n;
    const observed = Math.min(now, end * quarter) - Math.max(first, from * quarter);
    if (observed > 0) found.unshift({ spent: picoToUnits(sum), coverage: observed / bucket });
  }
  return found;
}
