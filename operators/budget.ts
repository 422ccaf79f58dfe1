import { defineOperator } from '../src/kernel/defineOperator.ts';
import { budgetMachine, budgetOptions } from '../src/safeguards/budget/budgetMachine.ts';
import { ledgerChanges } from '../src/safeguards/budget/options.ts';

/**
 * Keeps a budget for each key: what its events spend, against a limit for a period.
 *
 * Events are forwarded. A finding fires when a threshold is reached, the pace would use up the limit too soon, or the
 * forecast passes it, and resolves when that is over or the period is. A record of spend that cannot be booked goes on
 * as `rejected` with the reason; it is never counted as 0. A key beyond `maxGroups` is refused as `rejected` too, since
 * a budget that was forgotten would start at 0.
 *
 * A cost that is in flight, a call that has begun, say, holds its room by a record of kind `reserve`; `commit` books what
 * it was in the end, `release` gives the room back. A reservation that would pass the limit is `rejected`.
 *
 * ```text
 * in     a-----b-----c-----d------|         spend 50, 40 and 20, then a credit of 30
 *        budget({ limit: 100, currency: 'USD' })
 * out    (aH)--(bW)--(cB)--(dwb)--|         H = half is spent, W = 90 %, B = breached; w, b = resolved
 * ```
 */
export const budget = defineOperator({
  name: 'budget',
  summary: 'Adds up spend or usage against a limit for a period, and warns before it is gone.',
  options: budgetOptions,
  keyed: true,
  accepts: ['event'],
  emits: ['finding', 'rejected'],
  ports: { rejected: (signal) => signal.kind === 'rejected', findings: (signal) => signal.kind === 'finding' },
  changes: {
    ...ledgerChanges,
    spend: 'threshold',
    fields: 'threshold',
    defaultCurrency: 'threshold',
    maxGroups: 'view',
  },
  onEvict: 'refuse',
  machine: budgetMachine,
});
