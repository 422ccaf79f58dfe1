import type { z } from 'zod';
import type { Json } from '../../event.ts';
import { book } from './booking.ts';
import type { BudgetResult } from '../../results/budgetResult.ts';
import { describeBudget } from './describe.ts';
import { judgeActual, type Notice } from './judge.ts';
import { ledgerOptions } from './options.ts';
import { checkRecord, type SpendRecord } from './record.ts';
import { expireReservations, reserve, type Granted, type ReservationRequest } from './reservation.ts';
import { createSetup, type Setup } from './setup.ts';
import { loadLedger, saveLedger, startLedger, type LedgerState } from './state.ts';
import { nextDue, advanceClock, tickIn } from './tick.ts';

export type { BudgetResult } from '../../results/budgetResult.ts';
export type { Notice } from './judge.ts';
export type { SpendRecord } from './record.ts';
export type { LedgerState } from './state.ts';

export interface Recorded {
  /** `stale`: a snapshot older than the one that counts. */
  status: 'accepted' | 'duplicate' | 'stale' | 'rejected';
  /** Why it was rejected. */
  reason?: string;
  notices: Notice[];
}

/**
 * A budget over time, for one key: a pure machine over `LedgerState`. Every `now` is milliseconds since 1970 and comes
 * from the caller; going back in time is harmless. Call `advance` before `record` so that windows close in between.
 */
export interface Ledger {
  start(key: string): LedgerState;
  /** Books one record. Never throws for what a record holds: what cannot be booked is rejected with the reason. */
  record(state: LedgerState, record: SpendRecord, now: number): Recorded;
  /** When time next matters: a bin or a period ends, a reservation expires. null when nothing is held. */
  due(state: LedgerState): number | null;
  /** That time has come. */
  tick(state: LedgerState, now: number): Notice[];
  /** Every tick due up to now, in order. */
  advance(state: LedgerState, now: number): Notice[];
  /** Takes room for a cost that is in flight; together with what is spent it never passes the limit. */
  reserve(state: LedgerState, request: ReservationRequest, now: number): Granted;
  /** Books the real cost, and frees what was reserved for it under the same id. */
  commit(state: LedgerState, record: SpendRecord, now: number): Recorded;
  /** Frees a reservation that came to nothing; false when there was none. */
  release(state: LedgerState, id: string): boolean;
  /** Everything a person wants to know, as plain data. */
  describe(state: LedgerState, now: number, notice?: Notice): BudgetResult;
  save(state: LedgerState): Json;
  load(json: Json): LedgerState;
}

/** Throws a ZodError when the options are wrong. */
export function createLedger(options: z.input<typeof ledgerOptions>): Ledger {
  return makeLedger(createSetup(ledgerOptions.parse(options)));
}

/** A ledger over options that were parsed already. */
export function makeLedger(setup: Setup): Ledger {
  const ledger: Ledger = {
    start: startLedger,
    record: (state, record, now) => recordIn(state, setup, record, now),
    due: (state) => nextDue(state, setup),
    tick: (state, now) => tickIn(state, setup, now),
    advance(state, now) {
      const notices: Notice[] = [];
      for (let due = nextDue(state, setup); due !== null && due <= now; due = nextDue(state, setup)) {
        notices.push(...tickIn(state, setup, due));
      }
      state.now = Math.max(state.now ?? now, now);
      return notices;
    },
    reserve(state, request, now) {
      advanceClock(state, now);
      expireReservations(state, now);
      return reserve(state, setup, request, now);
    },
    commit(state, record, now) {
      const recorded = recordIn(state, setup, record, now);
      if (recorded.status !== 'rejected') state.reservations.delete(record.id);
      return recorded;
    },
    release: (state, id) => state.reservations.delete(id),
    describe: (state, now, notice) => describeBudget(state, setup, now, notice),
    save: saveLedger,
    load: loadLedger,
  };
  return ledger;
}

function recordIn(state: LedgerState, setup: Setup, record: SpendRecord, now: number): Recorded {
  advanceClock(state, now);
  const checked = checkRecord(record, state.key, setup, state.now!);
  const booked = checked.ok ? book(state, setup, record, checked.amount) : { status: 'rejected' as const, reason: checked.reason };
  state.counts[booked.status] += 1;
  if (booked.status !== 'accepted') return { ...booked, notices: [] };
  if (record.eventTime < state.judged!) state.counts.late += 1;
  const { accounting } = setup;
  const period = accounting.rolling ? accounting.periodAt(state.now!) : accounting.stepAt(record.eventTime);
  return { ...booked, notices: judgeActual(state, setup, period, state.now!) };
}
