import { z } from 'zod';
import { fieldAt, fieldPath } from '../config/scalars.ts';
import { digest } from '../src/base/digest.ts';
import { isoOf, type Event, type JsonObject } from '../src/event.ts';
import { breakerOf, type Breaker, type BreakerState, type Outcome, type Transition } from '../src/safeguards/breaker/breakerMachine.ts';
import { describeTransition } from '../src/safeguards/breaker/describe.ts';
import { breakerFields } from '../src/safeguards/breaker/options.ts';
import { compileMatcher, pattern } from '../src/base/pattern.ts';
import { startBreaker } from '../src/safeguards/breaker/state.ts';
import type { EventSignal, Finding, FindingSignal } from '../src/signal.ts';
import { defineOperator, keyedOptions, type Emit, type Machine } from '../src/kernel/defineOperator.ts';

const outcome = z.strictObject({
  match: pattern.describe('Pattern (RE2 syntax, or /.../i with flags) that is found somewhere in the field.'),
  field: fieldPath.default('text').describe('Field that is looked at.'),
});

const options = z.strictObject({
  failure: outcome.describe('Events that say that something failed.'),
  success: outcome.optional().describe('Events that say that something went well; all that are no failure when left out.'),
  duration: fieldPath.optional().describe('Field with the milliseconds a call took, for the slow-call rate.'),
  severity: z.enum(['info', 'warning', 'critical']).default('warning').describe('Severity of its findings.'),
  ...breakerFields,
  ...keyedOptions,
});
type Options = z.output<typeof options>;

interface State {
  key: string;
  /** null before the first event: a breaker starts at a time. */
  breaker: BreakerState | null;
  /** The finding that lasts from when it left closed until it is closed again. */
  finding: { id: string; since: string } | null;
}
type Out = EventSignal | FindingSignal;

/**
 * A circuit breaker over what the events of each key say.
 *
 * While it is open the events of the key are held back from what is behind it, and counted; they are not kept. In
 * half_open only as many events with an outcome pass as are permitted, and decide. Every transition is a finding,
 * which is resolved when the breaker closes.
 *
 * ```text
 * in     f-f-f-o-o----o-|
 *        breaker({ failure: { match: 'f' }, waitInOpen: 8 })
 * out    f-f-(fX)-----Y(oZ)-|    X = open, Y = half_open, Z = closed; two o were held back
 * ```
 */
export const breaker = defineOperator({
  name: 'breaker',
  summary: 'Holds back the events of a key while what they report keeps failing.',
  options,
  keyed: true,
  consume: true,
  accepts: ['event'],
  emits: ['event', 'finding'],
  ports: { findings: (signal) => signal.kind === 'finding' },
  onEvict: 'spill',
  machine: (given): Machine<State, EventSignal, Out> => {
    const machine = breakerOf(given, 'breaker');
    const outcomeOf = readerOf(given);
    return {
      start: (key) => ({ key, breaker: null, finding: null }),
      step(state, signal, emit) {
        state.breaker ??= startBreaker(state.key, signal.time);
        const now = Math.max(signal.time, state.breaker.lastData);
        const back = machine.heard(state.breaker, now);
        tell(state, given, back, emit);
        // The event that brings the news that there is news again is no probe: it was sent while all were denied.
        if (back.some(({ reason }) => reason === 'data is back')) state.breaker.denied += 1;
        else pass(state, machine, { signal, now, found: outcomeOf(signal.event) }, emit, (made) => tell(state, given, made, emit));
      },
      due: ({ breaker: held }) => held && machine.due(held),
      tick: (state, time, emit) => tell(state, given, machine.tick(state.breaker!, time), emit),
    };
  },
});

interface Passing {
  signal: EventSignal;
  now: number;
  found: Outcome | null;
}

/** Forwards an event or holds it back, and learns from its outcome when it has one. */
function pass(
  { breaker: state }: State,
  machine: Breaker,
  { signal, now, found }: Passing,
  emit: Emit<Out>,
  told: (transitions: Transition[]) => void,
): void {
  if (!state) return;
  // Only an outcome can be a probe; other events wait until it is known how the probes went.
  if (found === null && state.state === 'half_open' && !state.noData) {
    state.denied += 1;
    return;
  }
  const { permit, transitions } = machine.acquire(state, now);
  told(transitions);
  if (!permit) return;
  emit(signal);
  if (found) told(machine.record(state, now, permit, found));
  else machine.release(state, permit);
}

function tell(state: State, { severity }: Options, transitions: Transition[], emit: Emit<Out>): void {
  for (const transition of transitions) {
    const { at, to, generation, denied, reason } = transition;
    const iso = isoOf(at);
    state.finding ??= { id: digest(`breaker\u0000${state.key}\u0000${generation}`), since: iso };
    const effect = denied === 0 ? null : `${denied} event${denied === 1 ? '' : 's'} held back`;
    const finding: Finding = {
      ...state.finding,
      rule: 'breaker',
      type: 'breaker',
      state: to === 'closed' ? 'resolved' : 'firing',
      severity,
      group_id: state.key,
      title: `breaker ${to}, ${reason}`,
      updated: iso,
      result: describeTransition(transition, effect) as unknown as JsonObject,
    };
    if (to === 'closed') state.finding = null;
    emit({ kind: 'finding', time: at, key: state.key, finding });
  }
}

const longestWhy = 120;

/** How an event says a call went; null when it says nothing. */
function readerOf({ failure, success, duration }: Options): (event: Event) => Outcome | null {
  const test = ({ match, field }: z.output<typeof outcome>) => {
    const matches = compileMatcher(match);
    return (event: Event) => {
      const value = field === 'text' ? event.text : fieldAt(event, field);
      return typeof value === 'string' || typeof value === 'number' ? matches(String(value)) : false;
    };
  };
  const failed = test(failure);
  const succeeded = success ? test(success) : () => true;
  return (event) => {
    const took = duration === undefined ? undefined : fieldAt(event, duration);
    const timed = typeof took === 'number' && Number.isFinite(took) ? { duration: took } : {};
    if (failed(event)) return { ok: false, why: event.text.slice(0, longestWhy), ...timed };
    return succeeded(event) ? { ok: true, ...timed } : null;
  };
}
