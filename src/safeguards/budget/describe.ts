import type { Period } from './accounting.ts';
import type { Amount, BudgetResult, BurnRow, Iso, ThresholdRow } from '../../results/budgetResult.ts';
import { measureBurn, forecastPeriod, periodLength, thresholdRule, alarmKey, type Notice } from './judge.ts';
import { writePico, picoToUnits, picoOfEstimate, picosPerUnit, type Pico } from './money.ts';
import { sumOfWindow } from './paceWindows.ts';
import { sumReserved } from './reservation.ts';
import { sumOfLast } from './series.ts';
import type { Setup } from './setup.ts';
import { checkSpent, countSpent, sumPeriod, type PeriodSums } from './spent.ts';
import type { LedgerState } from './state.ts';

const iso = (ms: number): Iso => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): Iso | null => (ms === null || Math.abs(ms) > 8.64e15 ? null : iso(ms));

/** What a person wants to know about the budget at `now`; about the notice's own period when there is one. */
export function describeBudget(state: LedgerState, setup: Setup, now: number, notice?: Notice): BudgetResult {
  const { options, accounting } = setup;
  const period = notice && !notice.rule.startsWith('burn:') && !accounting.rolling ? notice.period : accounting.periodAt(now);
  const sums = sumPeriod(state, setup, period);
  const spent = countSpent(setup, sums);
  const elapsed = accounting.rolling ? 1 : clamp((now - period.start) / periodLength(period));
  const check = checkSpent(setup, spent);
  return {
    rule: notice?.rule ?? null,
    key: state.key,
    at: iso(now),
    currency: options.currency,
    period: describePeriod(period, setup, elapsed),
    ...describeMoney(state, setup, sums),
    usage_ratio: check.usageRatio,
    even_pace: rounded(setup, setup.limit * elapsed),
    check,
    pace: describePace(state, setup, period, now),
    burn: setup.burn.map((policy) => burnRow(state, setup, policy, now)),
    forecast: forecastRow(state, setup, period, now),
    thresholds: options.thresholds.map((threshold) => thresholdRow(state, setup, threshold, { period, spent, now })),
    where: describeNames(state, setup, now),
    data: describeData(state, sums, now),
    history: state.history.map(({ id, spent: total }) => ({ period: id, spent: writePico(total) })),
  };
}

function describePeriod(period: Period, { options }: Setup, elapsed: number): BudgetResult['period'] {
  const { id, label, start, end } = period;
  return {
    id,
    label,
    start: iso(start),
    end: iso(end),
    time_zone: options.timeZone,
    length_ms: end - start,
    elapsed_ratio: elapsed,
  };
}

function describeMoney(state: LedgerState, setup: Setup, sums: PeriodSums) {
  const spent = countSpent(setup, sums);
  return {
    limit: writePico(setup.limitPico),
    spent: writePico(spent),
    charges: writePico(sums.charges),
    credits: writePico(sums.credits),
    net: writePico(sums.charges + sums.credits),
    credits_mode: setup.options.credits,
    reserved: writePico(sumReserved(state)),
    left: writePico(setup.limitPico - spent),
  };
}

/** Milliseconds until so much more is spent at the recent pace; null when that pace never does. */
function timeTo(state: LedgerState, setup: Setup, more: Pico, now: number): number | null {
  const recent = sumOfWindow(state.fine, setup.fine, setup.paceWindow, now);
  if (recent <= 0n || setup.accounting.rolling) return null;
  return more <= 0n ? 0 : Math.round((picoToUnits(more) / picoToUnits(recent)) * setup.paceWindow);
}

function describePace(state: LedgerState, setup: Setup, period: Period, now: number): BudgetResult['pace'] {
  const left = setup.limitPico - countSpent(setup, sumPeriod(state, setup, period));
  const lasts = period.end <= now ? null : timeTo(state, setup, left, now);
  const spent = writePico(sumOfWindow(state.fine, setup.fine, setup.paceWindow, now));
  return { window_ms: setup.paceWindow, spent, lasts_ms: lasts, until: lasts === null ? null : isoOrNull(now + lasts) };
}

function burnRow(state: LedgerState, setup: Setup, policy: Setup['burn'][number], now: number): BurnRow {
  const rate = measureBurn(state, setup, policy, now);
  const alarm = state.alarms.get(`burn:${policy.name}`);
  const money = (window: number) => writePico(sumOfWindow(state.fine, setup.fine, window, now));
  return {
    name: policy.name,
    long: { window_ms: policy.long, spent: money(policy.long), multiple: rate.longMultiple },
    short: { window_ms: policy.short, spent: money(policy.short), multiple: rate.shortMultiple },
    fires_above: rate.firesAbove,
    state: alarm ? 'firing' : 'clear',
    severity: policy.severity,
    since: alarm ? iso(alarm.since) : null,
  };
}

function forecastRow(state: LedgerState, setup: Setup, period: Period, now: number): BudgetResult['forecast'] {
  const { expected, low, high, pBreach, ifNormal, confidence, buckets } = forecastPeriod(state, setup, period, now);
  const amount = (value: number) => rounded(setup, value);
  return {
    expected: amount(expected),
    low: amount(low),
    high: amount(high),
    interval: 0.8,
    p_breach: Math.round(pBreach * 1e4) / 1e4,
    if_normal: ifNormal === null ? null : amount(ifNormal),
    confidence,
    buckets,
  };
}

function thresholdRow(
  state: LedgerState,
  setup: Setup,
  threshold: Setup['options']['thresholds'][number],
  { period, spent, now }: { period: Period; spent: Pico; now: number },
): ThresholdRow {
  const { at, on, severity } = threshold;
  const alarm = state.alarms.get(alarmKey(thresholdRule(threshold), period));
  const more = picoOfEstimate(setup.limit * at) - spent;
  const wait = on === 'actual' && !alarm && period.end > now ? timeTo(state, setup, more, now) : null;
  const estimate = wait !== null && now + wait < period.end ? iso(now + wait) : null;
  return { at, on, severity, state: alarm?.state ?? 'ahead', since: alarm ? iso(alarm.since) : null, estimate };
}

function describeNames(state: LedgerState, setup: Setup, now: number): BudgetResult['where'] {
  const sums = [...state.names].map(([name, series]) => ({
    name,
    sum: sumOfLast(series, setup.nameBin, setup.paceWindow, now),
  }));
  const total = picoToUnits(sums.reduce((all, { sum }) => all + sum, 0n));
  const rows = sums
    .filter(({ sum }) => sum !== 0n)
    .toSorted((a, b) => (a.sum === b.sum ? (a.name < b.name ? -1 : 1) : a.sum > b.sum ? -1 : 1))
    .map(({ name, sum }) => ({ name, spent: writePico(sum), share: total > 0 ? picoToUnits(sum) / total : 0 }));
  return { window_ms: setup.paceWindow, rows };
}

function describeData({ counts }: LedgerState, sums: PeriodSums, now: number): BudgetResult['data'] {
  const { accepted, duplicate, stale, rejected, late, forgotten } = counts;
  return {
    complete_to: iso(now),
    accepted,
    duplicate,
    stale,
    rejected,
    late,
    credits: sums.creditRecords,
    ids_forgotten: forgotten,
  };
}

/** An estimate to the currency's decimals; whole units of counted things. */
function rounded({ decimals }: Setup, value: number): Amount {
  const unit = picosPerUnit / 10n ** BigInt(decimals);
  const pico = picoOfEstimate(value);
  const half = pico < 0n ? -unit / 2n : unit / 2n;
  return writePico(((pico + half) / unit) * unit);
}

const clamp = (ratio: number): number => Math.min(1, Math.max(0, ratio));
