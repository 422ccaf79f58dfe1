import type { JsonObject } from '../../event.ts';
import type { BudgetCheck } from '../checkBudget.ts';
import type { Period } from './accounting.ts';
import { burnOf, forecastOf, lengthOf, ruleOf, alarmKey, type Notice } from './judge.ts';
import { decimalOf, numberOf, picoOfEstimate, picosPerUnit, type Pico } from './money.ts';
import { sumOfWindow } from './paceWindows.ts';
import { reservedOf } from './reservation.ts';
import { sumOfLast } from './series.ts';
import type { Setup } from './setup.ts';
import { checkOf, spentOf, sumsOf, type PeriodSums } from './spent.ts';
import type { Alarm, LedgerState } from './state.ts';

/** A decimal string in the budget's currency. Estimates are rounded to its usual decimals, bookings are exact. */
type Amount = string;
type Iso = string;

/** A budget at one moment, as plain data with the names that `--json` prints. Lengths of time in milliseconds. */
export interface BudgetResult {
  rule: string | null;
  key: string;
  at: Iso;
  currency: string;
  period: { id: string; label: string; start: Iso; end: Iso; time_zone: string; length_ms: number; elapsed_ratio: number };
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
    expected: Amount; low: Amount; high: Amount; interval: number; p_breach: number;
    if_normal: Amount | null; confidence: 'low' | 'normal'; buckets: number;
  };
  thresholds: ThresholdRow[];
  where: { window_ms: number; rows: { name: string; spent: Amount; share: number }[] };
  data: {
    complete_to: Iso; accepted: number; duplicate: number; stale: number; rejected: number; late: number;
    credits: number; ids_forgotten: number;
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

const iso = (ms: number): Iso => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): Iso | null => (ms === null || Math.abs(ms) > 8.64e15 ? null : iso(ms));

/** What a person wants to know about the budget at `now`; about the notice's own period when there is one. */
export function describeBudget(state: LedgerState, setup: Setup, now: number, notice?: Notice): BudgetResult {
  const { options, accounting } = setup;
  const period = notice && !notice.rule.startsWith('burn:') && !accounting.rolling ? notice.period : accounting.periodAt(now);
  const sums = sumsOf(state, setup, period);
  const spent = spentOf(setup, sums);
  const elapsed = accounting.rolling ? 1 : clamp((now - period.start) / lengthOf(period));
  const check = checkOf(setup, spent);
  return {
    rule: notice?.rule ?? null,
    key: state.key,
    at: iso(now),
    currency: options.currency,
    period: periodOf(period, setup, elapsed),
    ...moneyOf(state, setup, sums),
    usage_ratio: check.usageRatio,
    even_pace: rounded(setup, setup.limit * elapsed),
    check,
    pace: paceOf(state, setup, period, now),
    burn: setup.burn.map((policy) => burnRow(state, setup, policy, now)),
    forecast: forecastRow(state, setup, period, now),
    thresholds: options.thresholds.map((threshold) => thresholdRow(state, setup, threshold, { period, spent, now })),
    where: whereOf(state, setup, now),
    data: dataOf(state, sums, now),
    history: state.history.map(({ id, spent: total }) => ({ period: id, spent: decimalOf(total) })),
  };
}

/** The result as the JSON it is, for a finding. */
export const jsonOf = (result: BudgetResult): JsonObject => result as unknown as JsonObject;

function periodOf(period: Period, { options }: Setup, elapsed: number): BudgetResult['period'] {
  const { id, label, start, end } = period;
  return { id, label, start: iso(start), end: iso(end), time_zone: options.timeZone, length_ms: end - start, elapsed_ratio: elapsed };
}

function moneyOf(state: LedgerState, setup: Setup, sums: PeriodSums) {
  const spent = spentOf(setup, sums);
  return {
    limit: decimalOf(setup.options.limit),
    spent: decimalOf(spent),
    charges: decimalOf(sums.charges),
    credits: decimalOf(sums.credits),
    net: decimalOf(sums.charges + sums.credits),
    credits_mode: setup.options.credits,
    reserved: decimalOf(reservedOf(state)),
    left: decimalOf(setup.options.limit - spent),
  };
}

/** Milliseconds until so much more is spent at the recent pace; null when that pace never does. */
function timeTo(state: LedgerState, setup: Setup, more: Pico, now: number): number | null {
  const recent = sumOfWindow(state.fine, setup.fine, setup.paceWindow, now);
  if (recent <= 0n || setup.accounting.rolling) return null;
  return more <= 0n ? 0 : Math.round((numberOf(more) / numberOf(recent)) * setup.paceWindow);
}

function paceOf(state: LedgerState, setup: Setup, period: Period, now: number): BudgetResult['pace'] {
  const left = setup.options.limit - spentOf(setup, sumsOf(state, setup, period));
  const lasts = period.end <= now ? null : timeTo(state, setup, left, now);
  const spent = decimalOf(sumOfWindow(state.fine, setup.fine, setup.paceWindow, now));
  return { window_ms: setup.paceWindow, spent, lasts_ms: lasts, until: lasts === null ? null : isoOrNull(now + lasts) };
}

function burnRow(state: LedgerState, setup: Setup, policy: Setup['burn'][number], now: number): BurnRow {
  const rate = burnOf(state, setup, policy, now);
  const alarm = state.alarms.get(`burn:${policy.name}`);
  const money = (window: number) => decimalOf(sumOfWindow(state.fine, setup.fine, window, now));
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
  const { expected, low, high, pBreach, ifNormal, confidence, buckets } = forecastOf(state, setup, period, now);
  const amount = (value: number) => rounded(setup, value);
  return {
    expected: amount(expected), low: amount(low), high: amount(high), interval: 0.8, p_breach: Math.round(pBreach * 1e4) / 1e4,
    if_normal: ifNormal === null ? null : amount(ifNormal), confidence, buckets,
  };
}

function thresholdRow(
  state: LedgerState,
  setup: Setup,
  threshold: Setup['options']['thresholds'][number],
  { period, spent, now }: { period: Period; spent: Pico; now: number },
): ThresholdRow {
  const { at, on, severity } = threshold;
  const alarm = state.alarms.get(alarmKey(ruleOf(threshold), period));
  const more = picoOfEstimate(setup.limit * at) - spent;
  const wait = on === 'actual' && !alarm && period.end > now ? timeTo(state, setup, more, now) : null;
  const estimate = wait !== null && now + wait < period.end ? iso(now + wait) : null;
  return { at, on, severity, state: alarm?.state ?? 'ahead', since: alarm ? iso(alarm.since) : null, estimate };
}

function whereOf(state: LedgerState, setup: Setup, now: number): BudgetResult['where'] {
  const sums = [...state.names].map(([name, series]) => ({ name, sum: sumOfLast(series, setup.nameBin, setup.paceWindow, now) }));
  const total = numberOf(sums.reduce((all, { sum }) => all + sum, 0n));
  const rows = sums
    .filter(({ sum }) => sum !== 0n)
    .toSorted((a, b) => (a.sum === b.sum ? (a.name < b.name ? -1 : 1) : a.sum > b.sum ? -1 : 1))
    .map(({ name, sum }) => ({ name, spent: decimalOf(sum), share: total > 0 ? numberOf(sum) / total : 0 }));
  return { window_ms: setup.paceWindow, rows };
}

function dataOf({ counts }: LedgerState, sums: PeriodSums, now: number): BudgetResult['data'] {
  const { accepted, duplicate, stale, rejected, late, forgotten } = counts;
  return { complete_to: iso(now), accepted, duplicate, stale, rejected, late, credits: sums.creditRecords, ids_forgotten: forgotten };
}

/** An estimate to the currency's decimals; whole units of counted things. */
function rounded({ decimals }: Setup, value: number): Amount {
  const unit = picosPerUnit / 10n ** BigInt(decimals);
  const pico = picoOfEstimate(value);
  const half = pico < 0n ? -unit / 2n : unit / 2n;
  return decimalOf(((pico + half) / unit) * unit);
}

const clamp = (ratio: number): number => Math.min(1, Math.max(0, ratio));
