import { defineOperator } from '../src/kernel/defineOperator.ts';
import { options } from '../src/safeguards/sessions/options.ts';
import { SessionMachine } from '../src/safeguards/sessions/sessionMachine.ts';

/**
 * Gathers the events of one entity (a request, an order, a block) from its first to `idle` after its last, over all groups,
 * and judges what came when it closes: which patterns it had, how often, and which it lacks. Stands behind `memory`, which
 * says what pattern an event is of; `pattern` names a field that says so instead.
 *
 * Unusual sessions in which the same pattern stands out are one finding, resolved when none has come for `clear`. Sessions
 * that the begin or the end of the input, `max` or `max_open` has cut are neither judged nor learned.
 *
 * ```text
 * in     a--b-----c-----d---|    four requests of one event each
 *        sessions({ by: 'id', pattern: 'id', idle: 4, record: 'all' })
 * out    a--b-----c-----(Sd)|    S = session of c, over at 13; those of a and b may have begun before the input did
 * ```
 */
export const sessions = defineOperator({
  name: 'sessions',
  summary: 'Judges what each request, order or block did, when it is over.',
  options,
  accepts: ['event', 'blip'],
  emits: ['finding', 'session'],
  ports: { findings: (signal) => signal.kind === 'finding', sessions: (signal) => signal.kind === 'session' },
  changes: {
    by: 'identity',
    pattern: 'shape',
    idle: 'threshold',
    max: 'threshold',
    threshold: 'threshold',
    minSessions: 'threshold',
    clear: 'threshold',
    record: 'view',
    severity: 'view',
    maxOpen: 'view',
  },
  machine: (given) => new SessionMachine(given),
});
