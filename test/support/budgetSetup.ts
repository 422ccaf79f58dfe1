import { book } from '../../src/safeguards/budget/booking.ts';
import { parseMoney, type Pico } from '../../src/safeguards/budget/money.ts';
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
