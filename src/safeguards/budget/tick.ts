import { endPeriods, judgeActual, judgeBurn, judgeForecast, type Notice } from './judge.ts';
import { dropFromWindows } from './paceWindows.ts';
import { expireReservations } from './reservation.ts';
import { dropBefore } from './series.ts';
import { quartersInBucket, type Setup } from './setup.ts';
import { countSpent } from './spent.ts';
import type { LedgerState } from './state.ts';

/** Moves the ledger's clock; the first time it is given is where judging begins. */
export function advanceClock(state: LedgerState, now: number): void {
  state.now = Math.max(state.now ?? now, now);
  state.judged ??= now;
}

/** When time next matters to a state; null when nothing is held. Always beyond the last tick. */
export function nextDue(state: LedgerState, { accounting, fine, bucket }: Setup): number | null {
  const { judged } = state;
  if (judged === null || (state.steps.size === 0 && state.alarms.size === 0 && state.reservations.size === 0)) return null;
  const quarter = bucket / quartersInBucket;
  let due = accounting.stepAt(judged).end;
  if (state.fine.bins.size > 0) due = Math.min(due, (Math.floor(judged / fine) + 1) * fine);
  if (state.coarse.size > 0) due = Math.min(due, (Math.floor(judged / quarter) + 1) * quarter);
  for (const { expires } of state.reservations.values()) due = Math.min(due, Math.max(expires, judged + 1));
  return due;
}

/** Closes what is over, lets go of what is no longer needed, and judges pace and forecast. */
export function tickIn(state: LedgerState, setup: Setup, now: number): Notice[] {
  advanceClock(state, now);
  expireReservations(state, now);
  const notices = endPeriods(state, setup, now);
  compact(state, setup, now);
  prune(state, setup, now);
  if (setup.accounting.rolling) notices.push(...judgeActual(state, setup, setup.accounting.periodAt(now), now));
  notices.push(...judgeBurn(state, setup, now));
  if (state.coarse.size > 0) notices.push(...judgeForecast(state, setup, now));
  state.judged = Math.max(state.judged ?? now, now);
  return notices;
}

function prune(state: LedgerState, setup: Setup, now: number): void {
  dropFromWindows(state.fine, setup.fine, now - setup.fineReach);
  dropBefore(state.coarse, setup.bucket / quartersInBucket, now - (setup.buckets + 1) * setup.bucket);
  for (const [name, series] of state.names) {
    dropBefore(series, setup.nameBin, now - setup.paceWindow);
    if (series.size === 0) state.names.delete(name);
  }
}

const keptHistory = 24;

/** Forgets the ids of steps that take no more records, and keeps one line of each period. */
function compact(state: LedgerState, setup: Setup, now: number): void {
  const horizon = setup.accounting.horizon(now);
  const gone = [...state.steps.values()].filter(({ start }) => start < horizon).toSorted((a, b) => a.start - b.start);
  if (gone.length === 0) return;
  const ids = new Set(gone.map(({ id }) => id));
  for (const totals of gone) {
    state.steps.delete(totals.id);
    if (!setup.accounting.rolling) state.history.push({ id: totals.id, spent: countSpent(setup, totals) });
  }
  state.history.splice(0, Math.max(0, state.history.length - keptHistory));
  for (const [id, { step }] of state.seen) if (ids.has(step)) state.seen.delete(id);
}
