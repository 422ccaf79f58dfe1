import type { Period } from './accounting.ts';
import type { Pico } from './money.ts';
import { addToWindows } from './paceWindows.ts';
import { compareVersions, type SpendRecord } from './record.ts';
import { addTo } from './series.ts';
import { quartersInBucket, type Setup } from './setup.ts';
import type { LedgerState, Seen, Totals } from './state.ts';

export type Booked = { status: 'accepted' | 'duplicate' | 'stale' } | { status: 'rejected'; reason: string };

const other = 'other';

/** Books a record that was checked, once: what was seen before changes nothing. */
export function book(state: LedgerState, setup: Setup, record: SpendRecord, amount: Pico): Booked {
  const step = setup.accounting.stepAt(record.eventTime);
  const isSnapshot = record.kind === 'snapshot';
  // Deltas are known by (source, id) wherever they are booked. A snapshot id may be used again in the next period,
  // where it starts from 0.
  const own = `${record.source.length}:${record.source}:${record.id}`;
  const id = isSnapshot ? `snapshot ${step.id} ${own}` : own;
  const version = isSnapshot ? (record.version ?? record.eventTime) : null;
  const before = state.seen.get(id);
  const judged = before ? judgeAgain(before, amount, version) : null;
  if (judged) return judged;
  if (isSnapshot) state.seen.delete(id);
  state.seen.set(id, { amount, step: step.id, version });
  if (state.seen.size > setup.options.maxIds) forget(state, setup.options.maxIds);
  const totals = readTotals(state, step);
  addAmount(totals, amount, 1);
  if (before) addAmount(totals, before.amount, -1);
  else totals.records += 1;
  const difference = counted(setup, amount) - (before ? counted(setup, before.amount) : 0n);
  addToPace(state, setup, record, difference);
  if (state.judged !== null && record.eventTime < state.judged) totals.late += 1;
  state.first = Math.min(state.first ?? record.eventTime, record.eventTime);
  return { status: 'accepted' };
}

/** What a record that came before means; null for a newer snapshot. */
function judgeAgain(before: Seen, amount: Pico, version: number | string | null): Booked | null {
  const order = version !== null && before.version !== null ? compareVersions(version, before.version) : 0;
  if (order > 0) return null;
  if (order < 0) return { status: 'stale' };
  if (before.amount === amount) return { status: 'duplicate' };
  const same = version === null ? 'the same id' : 'the same id and version';
  return { status: 'rejected', reason: `${same} came before with another amount` };
}

/** The part of an amount that the limit is compared with. */
export function counted({ options }: Setup, amount: Pico): Pico {
  return amount > 0n || options.credits === 'net' ? amount : 0n;
}

function addAmount(totals: Totals, amount: Pico, sign: 1 | -1): void {
  const part = sign === 1 ? amount : -amount;
  if (amount < 0n) {
    totals.credits += part;
    totals.creditRecords += sign;
  } else {
    totals.charges += part;
  }
}

function readTotals(state: LedgerState, step: Period): Totals {
  const known = state.steps.get(step.id);
  if (known) return known;
  const totals = { ...step, charges: 0n, credits: 0n, records: 0, creditRecords: 0, late: 0 };
  state.steps.set(step.id, totals);
  return totals;
}

function addToPace(state: LedgerState, setup: Setup, { eventTime, name }: SpendRecord, difference: Pico): void {
  if (difference === 0n) return;
  addToWindows(state.fine, setup.fine, eventTime, difference);
  addTo(state.coarse, setup.bucket / quartersInBucket, eventTime, difference);
  const short = name?.slice(0, 64) ?? other;
  const under = state.names.has(short) || state.names.size < setup.options.maxNames ? short : other;
  let series = state.names.get(under);
  if (!series) state.names.set(under, (series = new Map()));
  addTo(series, setup.nameBin, eventTime, difference);
}

/** Keeps the ids bounded: the ones booked longest ago go first, and are counted. */
function forget(state: LedgerState, most: number): void {
  for (const id of state.seen.keys()) {
    if (state.seen.size <= most) return;
    state.seen.delete(id);
    state.counts.forgotten += 1;
  }
}
