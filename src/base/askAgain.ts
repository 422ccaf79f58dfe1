import { CaducusError } from '../errors.ts';
import { backoffDelay, type Backoff } from './backoff.ts';
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
  /** An answer may take this long, milliseconds. */
  timeout: number;
  /** All attempts together may, milliseconds, unless the server says when to come back. */
  within?: number | undefined;
  attempts: number;
  waits: Backoff;
  signal?: AbortSignal | undefined;
}

/**
 * Asks until there is an answer, waiting longer each time, and at least as long as the server wants. `ask` throws an
 * Unanswered; anything else it throws is a failure of the network, but for a CaducusError, which is thrown on. Rejects with
 * the last Unanswered when it does not get on, and with what was thrown when the signal aborts.
 */
export async function askAgain<T>(
  io: Sleeper & { monotonic(): number },
  { name, timeout, within = Number.POSITIVE_INFINITY, attempts, waits, signal }: AskOptions,
  ask: (limit: AbortSignal) => Promise<T>,
): Promise<T> {
  const began = io.monotonic();
  const left = () => Math.max(1, within - (io.monotonic() - began));
  for (let failures = 1; ; failures += 1) {
    try {
      return await withTimeLimit(io, Math.min(timeout, left()), ask, signal);
    } catch (error) {
      if (signal?.aborted || error instanceof CaducusError) throw error;
      const failed = error instanceof Unanswered ? error : networkFailure(error);
      const delay = Math.max(failed.wait, backoffDelay(name, failures, waits));
      // A server that says when to come back is there.
      if (!failed.again || failures >= attempts || (failed.wait === 0 && delay >= left())) throw failed;
      await io.sleep(delay, signal);
    }
  }
}

/** fetch says only "fetch failed"; what happened is in its cause. */
function networkFailure(error: unknown): Unanswered {
  const { message, cause } = error as { message?: string; cause?: { code?: string } };
  return new Unanswered(cause?.code ?? message ?? 'failed', { again: true, answered: false, cause: error });
}
