import { createLedger } from '../../../src/safeguards/budget/ledger.ts';
import type { BudgetResult } from '../../../src/results/budgetResult.ts';

/** A month of 100 USD in the middle of March 2026 of which 50 are spent, described by the ledger itself. */
export function halfSpent(): BudgetResult {
  const now = Date.UTC(2026, 2, 16, 12);
  const ledger = createLedger({ limit: '100', currency: 'USD' });
  const state = ledger.start('llm');
  ledger.record(state, { id: '1', source: 's', key: 'llm', kind: 'delta', amount: '50', currency: 'USD', eventTime: now - 1 }, now);
  return ledger.describe(state, now);
}
