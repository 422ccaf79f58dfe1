import { z } from 'zod';
import { digest } from '../src/base/digest.ts';
import { isoOf } from '../src/event.ts';
import { jsonOf } from '../src/safeguards/budget/describe.ts';
import { ledgerOf, type Ledger, type LedgerState, type Notice } from '../src/safeguards/budget/ledger.ts';
import { isOnePeriod, ledgerFields, onePeriod } from '../src/safeguards/budget/options.ts';
import { spendFields, spendReader } from '../src/safeguards/budget/readSpend.ts';
import { createSetup } from '../src/safeguards/budget/setup.ts';
import { takeRecord } from '../src/safeguards/budget/takeRecord.ts';
import type { EventSignal, Finding, FindingSignal, RejectedSignal } from '../src/signal.ts';
import { defineOperator, keyedOptions, type Emit, type Machine } from '../src/kernel/defineOperator.ts';
import { rejectedOf } from '../src/kernel/template/rejectedOf.ts';

const options = z.strictObject({ ...ledgerFields, ...spendFields, maxGroups: keyedOptions.maxGroups }).refine(isOnePeriod, onePeriod);
type Out = FindingSignal | RejectedSignal;

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
 * in     a-----b--c-----|      spend 40, 50 and 20
 *        budget({ limit: 100, currency: 'USD' })
 * out    a-----(bw)--(cx)|     w = 90 % spent, x = breached
 * ```
 */
export const budget = defineOperator({
  name: 'budget',
  summary: 'Adds up spend or usage against a limit for a period, and warns before it is gone.',
  options,
  keyed: true,
  accepts: ['event'],
  emits: ['finding', 'rejected'],
  ports: { rejected: (signal) => signal.kind === 'rejected', findings: (signal) => signal.kind === 'finding' },
  onEvict: 'refuse',
  machine: (given): Machine<LedgerState, EventSignal, Out> => {
    const ledger = ledgerOf(createSetup(given));
    const read = spendReader(given);
    return {
      start: (key) => ledger.start(key),
      step(state, signal, emit) {
        const record = read(signal.event, state.key);
        if (record === null) return;
        const { status, reason, notices } = takeRecord(ledger, state, record, signal.time);
        if (status === 'rejected') emit(rejectedOf(signal, 'budget', reason ?? '', signal.event));
        tell(ledger, state, notices, emit);
      },
      due: (state) => ledger.due(state),
      tick: (state, time, emit) => tell(ledger, state, ledger.tick(state, time), emit),
      save: (state) => ledger.save(state),
      load: (json) => ledger.load(json),
    };
  },
});

function tell(ledger: Ledger, state: LedgerState, notices: readonly Notice[], emit: Emit<Out>): void {
  for (const notice of notices) {
    const { rule, severity, period, since, at, state: now } = notice;
    const finding: Finding = {
      id: digest(`budget\u0000${rule}\u0000${state.key}\u0000${period.id}`),
      rule: `budget:${rule}`,
      type: 'budget',
      state: now,
      severity,
      group_id: state.key,
      title: titleOf(rule),
      since: isoOf(since),
      updated: isoOf(at),
      result: jsonOf(ledger.describe(state, at, notice)),
    };
    emit({ kind: 'finding', time: at, key: state.key, finding });
  }
}

/** `budget, burn rate` */
function titleOf(rule: string): string {
  const [what = '', which = ''] = rule.split(':');
  if (what === 'burn') return 'budget, burn rate';
  const percent = Math.round(Number(which) * 1e6) / 1e4;
  if (what === 'forecasted') return `budget, forecast above ${percent} %`;
  return percent === 100 ? 'budget, breached' : `budget, ${percent} % spent`;
}
