import type { z } from 'zod';
import type { Acquired, BreakerCore } from './breakerCore.ts';
import { guardWith, type Guard } from './guard.ts';
import { lengthOfTime } from './lengthOfTime.ts';
import { breakerOptions, type BreakerOptions } from './options.ts';
import { addCall } from './slidingWindow.ts';
import { startBreaker, type BreakerState, type Outcome, type Permit, type Transition } from './state.ts';
import { halfOpen, openBlind, openFor, settle } from './transitions.ts';
import { remainingCooldown, count, probesFailed, findTrip } from './trip.ts';

export type { Acquired } from './breakerCore.ts';
export type { BreakerState, BreakerStateName, Outcome, Permit, Transition } from './state.ts';

/**
 * A circuit breaker: a pure machine over `BreakerState`, which is plain JSON. Every `now` is milliseconds since 1970
 * from the caller's clock; every change of state comes back as a transition that says why.
 */
export interface Breaker extends BreakerCore {
  /** Puts a function behind a state of its own; see `guardWith`. */
  guard: Guard;
}

const keptFailures = 8;
const longestWhy = 120;

/** Throws a ZodError when the options are wrong. `name` appears in transitions and decides the jitter. */
export function createBreaker(options: z.input<typeof breakerOptions> = {}, name = 'breaker'): Breaker {
  return makeBreaker(breakerOptions.parse(options), name);
}

/** A breaker over options that were parsed already. */
export function makeBreaker(options: BreakerOptions, name: string): Breaker {
  const byHand = (to: 'closed' | 'forced_open' | 'disabled') => (state: BreakerState, now: number, why: string) =>
    state.state === to ? [] : [settle(state, options, to, now, why)];
  const machine: BreakerCore = {
    start: (now) => startBreaker(name, now),
    acquire: (state, now) => acquire(state, options, now),
    record: (state, now, permit, outcome) => [
      ...tick(state, options, now),
      ...heard(state, options, now),
      ...record(state, options, now, permit, outcome),
    ],
    release: (state, permit) => void (state.probes = state.probes.filter(({ id }) => id !== permit.id)),
    heard: (state, now) => [...tick(state, options, now), ...heard(state, options, now)],
    tick: (state, now) => tick(state, options, now),
    due: (state) => nextDue(state, options),
    forceOpen: byHand('forced_open'),
    disable: byHand('disabled'),
    close: byHand('closed'),
  };
  return { ...machine, guard: guardWith(machine) };
}

function acquire(state: BreakerState, options: BreakerOptions, now: number): Acquired {
  const transitions = tick(state, options, now);
  const permit = (): Acquired => ({
    permit: { id: state.nextPermit++, generation: state.generation, at: now },
    transitions,
  });
  const denied = (why: string): Acquired => {
    state.denied += 1;
    return { permit: null, why, retryAt: state.retryAt, transitions };
  };
  if (state.state === 'closed' || state.state === 'disabled') return permit();
  if (state.state === 'forced_open') return denied('forced open');
  if (state.noData && options.onNoData === 'allow') return permit();
  if (state.state === 'open') return denied(state.noData ? 'no data' : 'open');
  if (state.probed.calls + state.probes.length >= options.permittedCallsInHalfOpen) return denied('probing');
  const probe = permit();
  if (probe.permit) state.probes.push({ id: probe.permit.id, expires: now + options.permitTimeout });
  return probe;
}

function record(state: BreakerState, options: BreakerOptions, now: number, permit: Permit, outcome: Outcome): Transition[] {
  if (permit.generation !== state.generation) return [];
  const slow = outcome.duration !== undefined && outcome.duration > options.slowCallDurationThreshold;
  if (!outcome.ok) state.failures = [...state.failures, (outcome.why ?? 'failed').slice(0, longestWhy)].slice(-keptFailures);
  if (state.state === 'closed') {
    addCall(state.window, options.slidingWindow, now, !outcome.ok, slow);
    state.consecutiveFailures = outcome.ok ? 0 : state.consecutiveFailures + 1;
    const trip = findTrip(state, options, now);
    return trip ? [openFor(state, options, now, trip)] : [];
  }
  if (state.state !== 'half_open' || !state.probes.some(({ id }) => id === permit.id)) return [];
  state.probes = state.probes.filter(({ id }) => id !== permit.id);
  return probeEnded(state, options, now, outcome, slow);
}

function probeEnded(state: BreakerState, options: BreakerOptions, now: number, outcome: Outcome, slow: boolean): Transition[] {
  const { probed } = state;
  probed.calls += 1;
  if (!outcome.ok) probed.failures += 1;
  if (slow) probed.slow += 1;
  const failed = probesFailed(state, options);
  if (failed === null) return [];
  if (failed) {
    const reason = outcome.ok ? 'probe was slow' : 'probe failed';
    const error = outcome.ok ? '' : `: ${state.failures.at(-1) ?? ''}`;
    return [openFor(state, options, now, { reason, why: `${reason}${error}` })];
  }
  const took = outcome.duration === undefined ? 'succeeded' : `took ${lengthOfTime(outcome.duration)}`;
  const reason = probed.calls === 1 ? `probe ${took}` : `${probed.calls - probed.failures} of ${count(probed.calls, 'probe')} succeeded`;
  return [settle(state, options, 'closed', now, reason)];
}

function heard(state: BreakerState, options: BreakerOptions, now: number): Transition[] {
  state.lastData = Math.max(state.lastData, now);
  if (!state.noData) return [];
  state.noData = false;
  // It was denied for want of news, and news is not yet good news: probe first.
  return state.state === 'open' && state.retryAt === null ? [halfOpen(state, options, now, 'data is back')] : [];
}

function tick(state: BreakerState, options: BreakerOptions, now: number): Transition[] {
  const transitions: Transition[] = [];
  for (let due = nextDue(state, options); due !== null && due <= now; due = nextDue(state, options)) {
    transitions.push(...tickOnce(state, options, now));
  }
  return transitions;
}

function tickOnce(state: BreakerState, options: BreakerOptions, now: number): Transition[] {
  if (isSilent(state, options, now)) {
    state.noData = true;
    if (options.onNoData !== 'deny') return [];
    // Open already: from here on only returning data ends it.
    if (state.state === 'open') state.retryAt = null;
    if (state.state !== 'closed' && state.state !== 'half_open') return [];
    const reason = `no data for ${lengthOfTime(options.noDataAfter!)}`;
    return [openBlind(state, options, now, { reason, why: reason })];
  }
  if (state.state === 'open' && state.retryAt !== null && remainingCooldown(state, now) === 0) {
    return [halfOpen(state, options, now, `waited ${lengthOfTime(now - state.since)}`)];
  }
  const late = state.probes.filter(({ expires }) => expires <= now);
  state.probes = state.probes.filter(({ expires }) => expires > now);
  const why = `no answer within ${lengthOfTime(options.permitTimeout)}`;
  for (const _ of late) {
    state.failures = [...state.failures, why].slice(-keptFailures);
    const ended = probeEnded(state, options, now, { ok: false }, false);
    if (ended.length > 0) return ended;
  }
  return [];
}

const isSilent = ({ noData, lastData }: BreakerState, { noDataAfter }: BreakerOptions, now: number): boolean =>
  !noData && noDataAfter !== undefined && now - lastData >= noDataAfter;

function nextDue(state: BreakerState, options: BreakerOptions): number | null {
  const dues = state.probes.map(({ expires }) => expires);
  if (state.state === 'open' && state.retryAt !== null) dues.push(state.retryAt);
  if (!state.noData && options.noDataAfter !== undefined) dues.push(state.lastData + options.noDataAfter);
  return dues.length === 0 ? null : Math.min(...dues);
}
