import type { Sleeper } from './waiting.ts';

/** A request or a pause between two chunks took longer than allowed. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/**
 * Runs something that heeds an abort signal, and aborts it after so many milliseconds of the given clock.
 * Rejects with a TimeLimitError then; with the outer signal's reason when that aborts first.
 */
export async function withTimeLimit<T>(io: Sleeper, ms: number, run: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T> {
  outer?.throwIfAborted();
  const stop = new AbortController();
  const done = new AbortController();
  const onAbort = () => stop.abort(outer?.reason);
  outer?.addEventListener('abort', onAbort, { once: true });
  const limit = io.sleep(ms, done.signal).then(
    () => stop.abort(new TimeLimitError(`no answer within ${ms} ms`)),
    () => undefined, // the answer came first: the sleep was aborted
  );
  try {
    return await run(stop.signal);
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    done.abort();
    outer?.removeEventListener('abort', onAbort);
    await limit;
  }
}
