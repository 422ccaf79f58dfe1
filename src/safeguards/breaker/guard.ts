import { defer, isObservable, Observable, Subject, takeUntil } from 'rxjs';
import type { BreakerCore } from './breakerCore.ts';
import type { BreakerState, Outcome, Transition } from './state.ts';

/** A call was not made, because the breaker in front of it denied it. */
export class CallDenied extends Error {
  override readonly name = 'CallDenied';
  /** When a call may be tried again, milliseconds since 1970; null when no time can be named. */
  readonly retryAt: number | null;
  constructor(breaker: string, why: string, retryAt: number | null) {
    super(`${breaker}: call denied, ${why}${retryAt === null ? '' : `; retry at ${new Date(retryAt).toISOString()}`}`);
    this.retryAt = retryAt;
  }
}

export interface GuardOptions {
  /** Milliseconds since 1970. */
  clock: () => number;
  /** A state to go on with, from an earlier run; a new one when left out. */
  state?: BreakerState | undefined;
  /** Whether an error counts against the callee; all do when left out (a caller's own mistake should not). */
  isFailure?: ((error: unknown) => boolean) | undefined;
  onTransition?: ((transition: Transition) => void) | undefined;
}

/** The function behind its breaker. */
export type Guarded<Args extends unknown[], Result> = ((...args: Args) => Result) & {
  /** Plain JSON; save it to go on later. */
  readonly state: BreakerState;
};

/** `guard` of a breaker: over a function that returns a promise, or over one that returns an Observable. */
export interface Guard {
  <Args extends unknown[], T>(
    call: (...args: Args) => Observable<T>,
    options: GuardOptions & { returns: 'observable' },
  ): Guarded<Args, Observable<T>>;
  <Args extends unknown[], T>(
    call: (...args: Args) => Promise<T>,
    options: GuardOptions & { returns?: 'promise' },
  ): Guarded<Args, Promise<T>>;
}

/** One guarded call that was let through; reports to the breaker once how it went. */
interface Attempt {
  ended(error?: { error: unknown }): void;
  abandoned(): void;
}

/**
 * Puts a function that returns a promise, or with `returns: 'observable'` an Observable, behind a breaker. When a call
 * is denied the promise rejects, or the Observable errors, with `CallDenied`, and the function is not called. Each
 * subscription to a guarded Observable is a call; one that is unsubscribed from before its end says nothing either way.
 */
export function guardWith(breaker: BreakerCore): Guard {
  const guard = (call: (...args: unknown[]) => unknown, options: GuardOptions & { returns?: 'promise' | 'observable' }) => {
    const state = options.state ?? breaker.start(options.clock());
    const begin = () => attemptOn(breaker, state, options);
    const guarded =
      options.returns === 'observable'
        ? (...args: unknown[]) => watched(() => call(...args) as Observable<unknown>, begin)
        : (...args: unknown[]) => settled(() => call(...args), begin);
    return Object.assign(guarded, { state });
  };
  return guard as Guard;
}

async function settled(call: () => unknown, begin: () => Attempt): Promise<unknown> {
  const attempt = begin();
  try {
    const result = call();
    if (isObservable(result)) throw new TypeError("the guarded function returned an Observable: give returns: 'observable'");
    const value = await result;
    attempt.ended();
    return value;
  } catch (error) {
    attempt.ended({ error });
    throw error;
  }
}

function watched(call: () => Observable<unknown>, begin: () => Attempt): Observable<unknown> {
  return new Observable((subscriber) => {
    const attempt = begin();
    subscriber.add(() => attempt.abandoned());
    const failed = (error: unknown) => {
      attempt.ended({ error });
      subscriber.error(error);
    };
    const done = () => {
      attempt.ended();
      subscriber.complete();
    };
    // A factory that throws fails the call, as an Observable that errors does. `takeUntil` lets a synchronous source
    // see at once that nobody listens any more.
    const stop = new Subject<void>();
    subscriber.add(() => stop.next());
    defer(call)
      .pipe(takeUntil(stop))
      .subscribe({ next: (value) => subscriber.next(value), error: failed, complete: done });
  });
}

/** Asks for a permit; throws CallDenied when there is none. */
function attemptOn(breaker: BreakerCore, state: BreakerState, { clock, isFailure = () => true, onTransition }: GuardOptions): Attempt {
  const tell = (transitions: Transition[]) => transitions.forEach((transition) => onTransition?.(transition));
  const at = clock();
  const acquired = breaker.acquire(state, at);
  tell(acquired.transitions);
  const { permit } = acquired;
  if (!permit) throw new CallDenied(state.name, acquired.why, acquired.retryAt);
  let open = true;
  return {
    ended(failed) {
      if (!open) return;
      open = false;
      const now = clock();
      const ok = failed === undefined || !isFailure(failed.error);
      const outcome: Outcome = { ok, duration: now - at, why: failed && errorMessage(failed.error) };
      tell(breaker.record(state, now, permit, outcome));
    },
    abandoned() {
      if (open) breaker.release(state, permit);
      open = false;
    },
  };
}

const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));
