import { book } from '../../src/safeguards/budget/booking.ts';
import { parseMoney, type Pico } from '../../src/safeguards/budget/money.ts';
import { createLedger, type Ledger } from '../../src/safeguards/budget/ledger.ts';
import { ledgerOptions } from '../../src/safeguards/budget/options.ts';
import type { SpendRecord } from '../../src/safeguards/budget/record.ts';
import { createSetup, type Setup } from '../../src/safeguards/budget/setup.ts';
import { startLedger, type LedgerState } from '../../src/safeguards/budget/state.ts';

/** The middle of March 2026. */
export const midMarch = Date.UTC(2026, 2, 16, 12);

/** A budget of 100 USD a month. */
export const budgetSetup = (more: object = {}): Setup => createSetup(ledgerOptions.parse({ limit: '100', currency: 'USD', ...more }));

export const pico = (amount: string): Pico => {
  const parsed = parseMoney(amount);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.pico;
};

let records = 0;
export function spendRecord(more: Partial<SpendRecord> = {}): SpendRecord {
  records += 1;
  return { id: `r${records}`, source: 's', key: 'llm', kind: 'delta', amount: '10', currency: 'USD', eventTime: midMarch, ...more };
}

/** A ledger in which these records are booked. */
export function bookedLedger(setup: Setup, given: readonly Partial<SpendRecord>[]): LedgerState {
  const state = startLedger('llm');
  for (const more of given) {
    const record = spendRecord(more);
    book(state, setup, record, pico(String(record.amount)));
  }
  return state;
}

/** When the records of a ledger begin. */
export const ledgerStart = Date.UTC(2026, 2, 14);

/** A record, also a wrong one. */
export type Loose = Partial<Omit<SpendRecord, 'kind'>> & Record<string, unknown>;

/** A record of 1 USD. */
export const spend = (over: Loose = {}): SpendRecord =>
  ({
    id: 'a',
    source: 's',
    key: 'k',
    kind: 'delta',
    amount: '1',
    currency: 'USD',
    eventTime: ledgerStart,
    ...over,
  }) as SpendRecord;

/** A ledger with its state, fed as a stream would: time goes on first, then the record comes. */
export function openLedger(
  options: Record<string, unknown> = {},
  ledger: Ledger = createLedger({ limit: '100', currency: 'USD', burn: [], ...options }),
) {
  const state = ledger.start('k');
  const take = (record: SpendRecord, now = record.eventTime) => {
    const before = ledger.advance(state, now);
    const recorded = ledger.record(state, record, now);
    return { ...recorded, notices: [...before, ...recorded.notices] };
  };
  const spent = (now = state.now ?? ledgerStart) => ledger.describe(state, now).spent;
  return { ledger, state, take, spent };
}
