import { z } from 'zod';
import { digest } from '../../base/digest.ts';
import { fieldAt, fieldPath } from '../../../config/scalars.ts';
import type { Event } from '../../event.ts';
import { makeFinding } from '../../findings/makeFinding.ts';
import { keyedOptions } from '../../kernel/keyedOptions.ts';
import type { Emit, Machine } from '../../kernel/machine.ts';
import type { EventSignal, Finding, FindingSignal } from '../../signal.ts';
import { makeBreaker, type Breaker, type BreakerState, type Outcome, type Transition } from './breakerMachine.ts';
import { describeTransition } from './describe.ts';
import { breakerFields } from './options.ts';
import { compileMatcher, pattern } from '../../base/pattern.ts';
import { isClean, startBreaker } from './state.ts';

const outcome = z.strictObject({
  match: pattern.describe('Pattern (RE2 syntax, or /.../i with flags) that is found somewhere in the field.'),
  field: fieldPath.default('text').describe('Field that is looked at.'),
});

export const gateOptions = z.strictObject({
  failure: outcome.describe('Events that say that something failed.'),
  success: outcome.optional().describe('Events that say that something went well; all that are no failure when left out.'),
  duration: fieldPath.optional().describe('Field with the milliseconds a call took, for the slow-call rate.'),
  severity: z.enum(['info', 'warning', 'critical']).default('warning').describe('Severity of its findings.'),
  ...breakerFields,
  ...keyedOptions,
});
export type GateOptions = z.output<typeof gateOptions>;

export interface GateState {
  key: string;
  /** null before the first event: a breaker starts at a time. */
  breaker: BreakerState | null;
  /** The finding that lasts from when it left closed until it is closed again. */
  finding: { id: string; since: string } | null;
}
type Out = EventSignal | FindingSignal;

/** A breaker before a stream: events are its calls and their outcomes, and what is open holds them back. */
export function gateMachine(options: GateOptions): Machine<GateState, EventSignal, Out> {
  const machine = makeBreaker(options, 'breaker');
  const readOutcome = outcomeReader(options);
  return {
    start: (key) => ({ key, breaker: null, finding: null }),
    step(state, signal, emit) {
      state.breaker ??= startBreaker(state.key, signal.time);
      const now = Math.max(signal.time, state.breaker.lastData);
      const back = machine.heard(state.breaker, now);
      emitTransitions(state, options, back, emit);
      // The event that brings the news that there is news again is no probe: it was sent while all were denied.
      if (back.some(({ reason }) => reason === 'data is back')) state.breaker.denied += 1;
      else
        pass(state, machine, { signal, now, found: readOutcome(signal.event) }, emit, (made) =>
          emitTransitions(state, options, made, emit),
        );
    },
    // Only what a new one would be too may be dropped.
    keeps: ({ breaker: held, finding }) => finding !== null || (held !== null && !isClean(held)),
    due: ({ breaker: held }) => held && machine.due(held),
    tick: (state, time, emit) => emitTransitions(state, options, machine.tick(state.breaker!, time), emit),
  };
}

interface Passing {
  signal: EventSignal;
  now: number;
  found: Outcome | null;
}

/** Forwards an event or holds it back, and learns from its outcome when it has one. */
function pass(
  { breaker: state }: GateState,
  machine: Breaker,
  { signal, now, found }: Passing,
  emit: Emit<Out>,
  report: (transitions: Transition[]) => void,
): void {
  if (!state) return;
  // Only an outcome can be a probe; other events wait until it is known how the probes went.
  if (found === null && state.state === 'half_open' && !state.noData) {
    state.denied += 1;
    return;
  }
  const { permit, transitions } = machine.acquire(state, now);
  report(transitions);
  if (!permit) return;
  emit(signal);
  if (found) report(machine.record(state, now, permit, found));
  else machine.release(state, permit);
}

function emitTransitions(state: GateState, options: GateOptions, transitions: Transition[], emit: Emit<Out>): void {
  for (const transition of transitions) {
    const { at, to, generation } = transition;
    state.finding ??= { id: digest(`breaker\u0000${state.key}\u0000${generation}`), since: new Date(at).toISOString() };
    const finding = describeFinding(state.key, state.finding, options, transition);
    if (to === 'closed') state.finding = null;
    emit({ kind: 'finding', time: at, key: state.key, finding });
  }
}

function describeFinding(key: string, begun: { id: string; since: string }, { severity }: GateOptions, transition: Transition): Finding {
  const { at, to, denied, reason } = transition;
  const effect = denied === 0 ? null : `${denied} event${denied === 1 ? '' : 's'} held back`;
  const { id, since, ...rest } = makeFinding({
    id: begun.id,
    rule: 'breaker',
    type: 'breaker',
    state: to === 'closed' ? 'resolved' : 'firing',
    severity,
    group: key,
    title: `breaker ${to}, ${reason}`,
    since: Date.parse(begun.since),
    updated: at,
    result: describeTransition(transition, effect),
  });
  // Records of breakers have always had `since` in second place: files of two releases compare equal.
  return { id, since, ...rest };
}

const longestWhy = 120;

/** How an event says a call went; null when it says nothing. */
function outcomeReader({ failure, success, duration }: GateOptions): (event: Event) => Outcome | null {
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
