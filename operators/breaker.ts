import { defineOperator, keyedChanges } from '../src/kernel/defineOperator.ts';
import { breakerChanges, emptyCalls } from '../src/safeguards/breaker/changes.ts';
import { gateMachine, gateOptions } from '../src/safeguards/breaker/gate.ts';

/**
 * A circuit breaker over what the events of each key say.
 *
 * While it is open the events of the key are held back from what is behind it, and counted; they are not kept. In
 * half_open only as many events with an outcome pass as are permitted, and decide. Every transition is a finding,
 * which is resolved when the breaker closes.
 *
 * ```text
 * in     f-f-f---o-o---------o-----o|       f = a call that failed, o = one that went well
 *        breaker({ failure: { match: 'f' }, waitInOpen: '10s' })
 * out    f-f-(fO)------------(HoC)-o|       O = open: two are held back, H = half open: one may try, C = closed
 * ```
 */
export const breaker = defineOperator({
  name: 'breaker',
  summary: 'Holds back the events of a key while what they report keeps failing.',
  options: gateOptions,
  keyed: true,
  consume: true,
  accepts: ['event'],
  emits: ['event', 'finding'],
  ports: { findings: (signal) => signal.kind === 'finding' },
  changes: { ...breakerChanges, ...keyedChanges },
  convert: (state) => emptyCalls(state),
  onEvict: 'close',
  machine: gateMachine,
});
