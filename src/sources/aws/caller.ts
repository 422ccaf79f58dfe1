import { backoffDelay, type Backoff } from '../../base/backoff.ts';
import type { Trouble } from '../../base/trouble.ts';
import type { Io } from '../../io.ts';
import { failureError, makeFailure, type FailureKind } from './failure.ts';

/** Makes one call of the SDK, again where that can help. `action` is the IAM action, for the message. */
export type AwsCaller = <T>(action: string, run: (options: CallOptions) => Promise<T>) => Promise<T>;

/** What the SDK's `send` takes beside the command. */
export interface CallOptions {
  abortSignal: AbortSignal;
  /** Milliseconds; the client's own when left out. */
  requestTimeout?: number;
}

export interface CallerOptions {
  io: Io;
  /** Id of the source, for messages and jitter. */
  id: string;
  signal: AbortSignal;
  /** How long calls may keep failing before the source gives up, milliseconds. */
  patience: number;
  /** Waits for the turn of a call; every attempt takes one. */
  turn?(): Promise<void>;
  /** Reads the credentials again; called once when they have expired. */
  renew?(): void;
  /** Called with each failure that is tried again, and with null when a call has worked again. */
  failing?: ((trouble: Trouble | null) => void) | undefined;
}

/** Before anything has ever worked the place is more likely misconfigured than out of order: reported within 10 s. */
const startPatience = 4_000;
const startTimeout = 8_000;
const waits: Record<Exclude<FailureKind, 'fatal' | 'expired'>, Backoff> = {
  throttled: { first: 1_000, most: 30_000 },
  busy: { first: 200, most: 30_000 },
  network: { first: 200, most: 30_000 },
};

/**
 * A caller for one source. Throttling, 5xx and network failures are tried again, with doubling waits, until `patience`
 * runs out; an expired token once, after the credentials were read again; everything else fails at once with a
 * CaducusError that names the action. When the signal aborts, the abort is thrown as it is.
 */
export function awsCaller({ io, id, signal, patience, turn, renew, failing }: CallerOptions): AwsCaller {
  let worked = false;
  return async (action, run) => {
    let failingSince: number | null = null;
    let renewed = false;
    for (let failures = 1; ; failures += 1) {
      await turn?.();
      // A call that hangs fails from its begin on.
      const began = io.monotonic();
      try {
        const answer = await attempt(signal, (abortSignal) =>
          run(worked ? { abortSignal } : { abortSignal, requestTimeout: startTimeout }),
        );
        worked = true;
        if (failingSince !== null) failing?.(null);
        return answer;
      } catch (error) {
        if (signal.aborted) throw error;
        const failure = makeFailure(error, action);
        if (failure.kind === 'fatal' || (failure.kind === 'expired' && (renewed || !renew))) throw failureError(failure, id, error);
        if (failure.kind === 'expired') {
          renew?.();
          renewed = true;
          continue;
        }
        failingSince ??= began;
        const delay = backoffDelay(`${id}:${action}`, failures, waits[failure.kind]);
        const limit = worked || failure.kind === 'throttled' ? patience : Math.min(patience, startPatience);
        if (io.monotonic() - failingSince + delay > limit) throw failureError(failure, id, error);
        failing?.({ since: io.now() - (io.monotonic() - failingSince), why: failure.what });
        await io.sleep(delay, signal);
      }
    }
  };
}

/** One attempt, under a signal of its own: the SDK leaves its listeners on the signal, which would pile up on one that lives for days. */
async function attempt<T>(signal: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const own = new AbortController();
  const abort = () => own.abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await run(own.signal);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
