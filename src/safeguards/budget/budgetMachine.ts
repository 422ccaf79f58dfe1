import { digest } from '../../base/digest.ts';
import { z } from 'zod';
import { makeFinding } from '../../findings/makeFinding.ts';
import { keyedOptions } from '../../kernel/keyedOptions.ts';
import type { Emit, Machine } from '../../kernel/machine.ts';
import { rejectSignal } from '../../kernel/template/rejectSignal.ts';
import type { EventSignal, FindingSignal, RejectedSignal } from '../../signal.ts';
import { makeLedger, type Ledger, type LedgerState, type Notice } from './ledger.ts';
import { isOnePeriod, ledgerFields, onePeriod } from './options.ts';
import { spendFields, spendReader } from './readSpend.ts';
import { createSetup } from './setup.ts';
import { takeRecord } from './takeRecord.ts';

export const budgetOptions = z
  .strictObject({ ...ledgerFields, ...spendFields, maxGroups: keyedOptions.maxGroups })
  .refine(isOnePeriod, onePeriod);

type Out = FindingSignal | RejectedSignal;

/** The ledger of one key, fed by its events: notices of the ledger become findings, what cannot be booked is rejected. */
export function budgetMachine(given: z.output<typeof budgetOptions>): Machine<LedgerState, EventSignal, Out> {
  const ledger = makeLedger(createSetup(given));
  const read = spendReader(given);
  return {
    start: (key) => ledger.start(key),
    step(state, signal, emit) {
      const record = read(signal.event, state.key);
      if (record === null) return;
      const { status, reason, notices } = takeRecord(ledger, state, record, signal.time);
      if (status === 'rejected') emit(rejectSignal(signal, 'budget', reason ?? '', signal.event));
      emitNotices(ledger, state, notices, emit);
    },
    due: (state) => ledger.due(state),
    tick: (state, time, emit) => emitNotices(ledger, state, ledger.tick(state, time), emit),
    save: (state) => ledger.save(state),
    load: (json) => ledger.load(json),
  };
}

function emitNotices(ledger: Ledger, state: LedgerState, notices: readonly Notice[], emit: Emit<Out>): void {
  for (const notice of notices) {
    const { rule, severity, period, since, at, state: now } = notice;
    const finding = makeFinding({
      id: digest(`budget\u0000${rule}\u0000${state.key}\u0000${period.id}`),
      rule: `budget:${rule}`,
      type: 'budget',
      state: now,
      severity,
      group: state.key,
      title: writeTitle(rule),
      since,
      updated: at,
      result: ledger.describe(state, at, notice),
    });
    emit({ kind: 'finding', time: at, key: state.key, finding });
  }
}

/** `budget, burn rate` */
function writeTitle(rule: string): string {
  const [what = '', which = ''] = rule.split(':');
  if (what === 'burn') return 'budget, burn rate';
  const percent = Math.round(Number(which) * 1e6) / 1e4;
  if (what === 'forecasted') return `budget, forecast above ${percent} %`;
  return percent === 100 ? 'budget, breached' : `budget, ${percent} % spent`;
}
