import type { Period } from './accounting.ts';
import { burnRate, type BurnPolicy, type BurnRate } from './burnRate.ts';
import { forecast, type Forecast } from './forecast.ts';
import { picoToUnits } from './money.ts';
import type { Threshold } from './options.ts';
import { sumOfWindow } from './paceWindows.ts';
import type { Setup } from './setup.ts';
import { listBuckets, checkSpent, countSpent, sumPeriod } from './spent.ts';
import type { Alarm, LedgerState } from './state.ts';

/** An alarm that began or ended. */
export interface Notice {
  /** `actual:0.9`, `forecasted:1`, `burn:fast` */
  rule: string;
  state: 'firing' | 'resolved';
  severity: Alarm['severity'];
  period: Period;
  since: number;
  at: number;
}

export const thresholdRule = ({ on, at }: Threshold): string => `${on}:${at}`;
export const alarmKey = (rule: string, period: Period): string => `${rule}@${period.id}`;

/** Actual thresholds of a period, after its books changed. */
export function judgeActual(state: LedgerState, setup: Setup, period: Period, at: number): Notice[] {
  const { usageRatio } = checkSpent(setup, countSpent(setup, sumPeriod(state, setup, period)));
  return judgeThresholds(state, setup, 'actual', { period, ratio: usageRatio, at });
}

/** Forecasted thresholds of the running period. A forecast from too little says nothing. */
export function judgeForecast(state: LedgerState, setup: Setup, at: number): Notice[] {
  if (!setup.options.thresholds.some(({ on }) => on === 'forecasted')) return [];
  const period = setup.accounting.periodAt(at);
  const ahead = forecastPeriod(state, setup, period, at);
  if (ahead.confidence === 'low') return [];
  return judgeThresholds(state, setup, 'forecasted', { period, ratio: ahead.expected / setup.limit, at });
}

export function forecastPeriod(state: LedgerState, setup: Setup, period: Period, now: number): Forecast {
  // A rolling window has no end to run out at: what is forecast is the next window as a whole.
  const { rolling } = setup.accounting;
  const spent = rolling ? 0 : picoToUnits(countSpent(setup, sumPeriod(state, setup, period)));
  const left = rolling ? setup.options.rolling! : Math.max(0, period.end - now);
  return forecast({ buckets: listBuckets(state, setup, now), spent, remaining: left / setup.bucket, limit: setup.limit });
}

/**
 * Burn rates at a time. An alarm ends when either window has stayed below the threshold, less the hysteresis, for one
 * short window: spend comes in lumps, and an alarm that ends between two of them would fire with each.
 */
export function judgeBurn(state: LedgerState, setup: Setup, at: number): Notice[] {
  const period = setup.accounting.periodAt(at);
  const notices: Notice[] = [];
  for (const policy of setup.burn) {
    const rule = `burn:${policy.name}`;
    const rate = measureBurn(state, setup, policy, at);
    const alarm = state.alarms.get(rule);
    const below = rate.firesAbove * (1 - setup.options.hysteresis);
    if (!alarm && rate.fires) notices.push(raise(state, rule, { rule, period, severity: policy.severity, since: at, state: 'firing' }));
    if (!alarm) continue;
    if (rate.longMultiple >= below && rate.shortMultiple >= below) delete alarm.clearSince;
    else alarm.clearSince ??= at;
    if (alarm.clearSince !== undefined && at - alarm.clearSince >= policy.short) notices.push(clearAlarm(state, rule, alarm, at));
  }
  return notices;
}

export function measureBurn(
  state: LedgerState,
  setup: Setup,
  policy: BurnPolicy,
  now: number,
): BurnRate & { spentLong: number; spentShort: number } {
  const period = setup.options.rolling ?? periodLength(setup.accounting.periodAt(now));
  const spentIn = (window: number) => picoToUnits(sumOfWindow(state.fine, setup.fine, window, now));
  const spent = { spentLong: spentIn(policy.long), spentShort: spentIn(policy.short) };
  return { ...burnRate(policy, { limit: setup.limit, period, ...spent }), ...spent };
}

export const periodLength = ({ start, end }: Period): number => end - start;

/**
 * Ends the thresholds of periods that are over. What fired in one does not fire again, even when a late record comes,
 * and is forgotten when the period takes no more of them. A rolling window is never over.
 */
export function endPeriods(state: LedgerState, { accounting }: Setup, at: number): Notice[] {
  if (accounting.rolling) return [];
  const notices: Notice[] = [];
  const horizon = accounting.horizon(at);
  for (const [key, alarm] of state.alarms) {
    if (key !== alarmKey(alarm.rule, alarm.period) || alarm.period.end > at) continue;
    if (alarm.state === 'firing') notices.push(makeNotice(alarm, 'resolved', at));
    alarm.state = 'ended';
    if (alarm.period.start < horizon) state.alarms.delete(key);
  }
  return notices;
}

function judgeThresholds(
  state: LedgerState,
  { options }: Setup,
  on: Threshold['on'],
  { period, ratio, at }: { period: Period; ratio: number; at: number },
): Notice[] {
  const notices: Notice[] = [];
  for (const threshold of options.thresholds) {
    // Most records change nothing: no keys are made for those.
    if (threshold.on !== on || (ratio < threshold.at && state.alarms.size === 0)) continue;
    const rule = thresholdRule(threshold);
    const key = alarmKey(rule, period);
    const alarm = state.alarms.get(key);
    if (!alarm && ratio >= threshold.at) {
      notices.push(raise(state, key, { rule, period, severity: threshold.severity, since: at, state: 'firing' }));
    } else if (alarm?.state === 'firing' && ratio < threshold.at - options.hysteresis) {
      notices.push(clearAlarm(state, key, alarm, at));
    }
  }
  return notices;
}

function raise(state: LedgerState, key: string, alarm: Alarm): Notice {
  state.alarms.set(key, alarm);
  return makeNotice(alarm, 'firing', alarm.since);
}

function clearAlarm(state: LedgerState, key: string, alarm: Alarm, at: number): Notice {
  state.alarms.delete(key);
  return makeNotice(alarm, 'resolved', at);
}

const makeNotice = ({ rule, severity, period, since }: Alarm, state: Notice['state'], at: number): Notice => ({
  rule,
  state,
  severity,
  period,
  since,
  at,
});
