import { CaducusError } from '../errors.ts';
import { backoffDelay, type Backoff } from './backoff.ts';
import { explainFailure } from './explainFailure.ts';
import { withTimeLimit } from './timeLimit.ts';
import type { Sleeper } from './waiting.ts';

/** Why a question got no answer of use. */
export class Unanswered extends Error {
  /** Whether the same question may succeed later. */
  readonly again: boolean;
  /** Milliseconds that the server wants us to wait; 0 where it names none. */
  readonly wait: number;
  /** Whether a server answered at all. */
  readonly answered: boolean;

  constructor(
    reason: string,
    { again, wait = 0, answered = true, cause }: { again: boolean; wait?: number; answered?: boolean; cause?: unknown },
  ) {
    super(reason, { cause });
    this.again = again;
    this.wait = wait;
    this.answered = answered;
  }
}

export interface AskOptions {
  /** Name of what is asked: the jitter of the waits comes from it. */
  name: string;
  /** An answer may take this long, milliseconds; left out where `ask` has limits of its own. */
  timeout?: number | undefined;
  /** All attempts together may, milliseconds, unless the server says when to come back. */
  within?: number | undefined;
  attempts: number;
  waits: Backoff;
  /** A server that wants to be left alone for longer, milliseconds, is not asked again. */
  longestWait?: number | undefined;
  /** Called with each failure after which it is asked again. */
  failed?: ((failure: Unanswered) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Asks until there is an answer, waiting longer each time, and at least as long as the server wants. `ask` throws an
 * Unanswered; anything else it throws is a failure of the network, but for a CaducusError, which is thrown on. Rejects with
 * the last Unanswered when it does not get on, and with what was thrown when the signal aborts.
 */
export async function askAgain<T>(
  io: Sleeper & { monotonic(): number },
  { name, timeout, within, attempts, waits, longestWait = Number.POSITIVE_INFINITY, failed, signal }: AskOptions,
  ask: (limit: AbortSignal) => Promise<T>,
): Promise<T> {
  const began = io.monotonic();
  const left = () => (within === undefined ? Number.POSITIVE_INFINITY : Math.max(1, within - (io.monotonic() - began)));
  for (let failures = 1; ; failures += 1) {
    try {
      const limit = Math.min(timeout ?? Number.POSITIVE_INFINITY, left());
      return await (limit === Number.POSITIVE_INFINITY ? ask(signal ?? neverAborted()) : withTimeLimit(io, limit, ask, signal));
    } catch (error) {
      if (signal?.aborted || error instanceof CaducusError) throw error;
      const failure = error instanceof Unanswered ? error : networkFailure(error);
      const delay = Math.max(failure.wait, backoffDelay(name, failures, waits));
      // A server that says when to come back is there.
      if (!failure.again || failures >= attempts || failure.wait > longestWait) throw failure;
      if (failure.wait === 0 && delay >= left()) throw failure;
      failed?.(failure);
      await io.sleep(delay, signal);
    }
  }
}

const networkFailure = (error: unknown): Unanswered =>
  new Unanswered(explainFailure(error), { again: true, answered: false, cause: error });

const neverAborted = (): AbortSignal => new AbortController().signal;
