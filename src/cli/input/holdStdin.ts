import type { Io } from '../../io.ts';

/** So much of a pipe is held before its window is chosen: up to there it is read as a file is. */
export const heldBytes = 64 * 2 ** 20;

/** What came by standard input so far. */
export interface HeldStdin {
  chunks: readonly Uint8Array[];
  /** Whether that is all of it, or all that is wanted. */
  ended: boolean;
  /** Whether somebody stopped the program while it came. */
  stopped: boolean;
  /** The outside in which standard input begins anew with what is held. */
  io: Io;
}

/** Reads standard input to its end, or as much of it as is held, and puts it back. Ends early when the signal aborts. */
export async function holdStdin(io: Io, signal: AbortSignal, most = heldBytes): Promise<HeldStdin> {
  const input = io.stdin()[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  const abort = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
  let held = 0;
  let ended = false;
  while (held < most && !signal.aborted) {
    const next = await Promise.race([input.next(), abort]);
    if (next === null) break;
    if (next.done === true) {
      ended = true;
      break;
    }
    // A copy: the stream may use its buffer again.
    chunks.push(next.value.slice());
    held += next.value.length;
  }
  const stopped = signal.aborted;
  ended ||= stopped;
  if (stopped) void input.return?.();
  const stdin = (): AsyncIterable<Uint8Array> => ({
    [Symbol.asyncIterator]() {
      let at = 0;
      return {
        next: () =>
          at < chunks.length
            ? Promise.resolve({ done: false, value: chunks[at++]! })
            : ended
              ? Promise.resolve({ done: true, value: undefined })
              : input.next(),
        return: async () => (await input.return?.()) ?? { done: true, value: undefined },
      };
    },
  });
  return { chunks, ended, stopped, io: { ...io, stdin } };
}
