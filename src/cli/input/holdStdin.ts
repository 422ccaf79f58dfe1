import type { Io } from '../../io.ts';
import { cannotRead } from '../../sources/file/fileErrors.ts';
import { DamagedGzip, plainBytes } from '../../sources/file/openBytes.ts';

/** So much of a pipe is held before its window is chosen: up to there it is read as a file is. */
export const heldBytes = 64 * 2 ** 20;

/** What came by standard input so far. */
export interface HeldStdin {
  chunks: readonly Uint8Array[];
  /** Whether that is all of it, or all that is wanted. */
  ended: boolean;
  /** Whether somebody stopped the program while it came. */
  stopped: boolean;
  /** Whether it goes on as things happen: it was slow when it was waited for. */
  live: boolean;
  /** The outside in which standard input begins anew with what is held. */
  io: Io;
}

/** What is slower than this is written as things happen, not read from somewhere, bytes a second. */
const slow = 1 << 20;

export interface HoldOptions {
  /** Bytes that are held. */
  most?: number;
  /** What has not ended after so long, milliseconds, and is slow then, is live; nothing is when left out. */
  liveAfter?: number | undefined;
}

/** Standard input, unpacked where it is gzip. Throws CAD011 where that is damaged or cut off. */
function unpacked(io: Io): AsyncIterator<Uint8Array> {
  const input = plainBytes(io.stdin());
  const next = () =>
    input.next().catch((error: unknown) => {
      throw error instanceof DamagedGzip ? cannotRead('standard input', new Error(`damaged gzip data: ${error.message}`)) : error;
    });
  return { next, return: async () => (await input.return?.()) ?? { done: true, value: undefined } };
}

/**
 * Reads standard input to its end, or as much of it as is held, and puts it back. Ends early when the signal aborts, and
 * when the input turns out to be live.
 */
export async function holdStdin(io: Io, signal: AbortSignal, { most = heldBytes, liveAfter }: HoldOptions = {}): Promise<HeldStdin> {
  const waits = new AbortController();
  const input = unpacked(io);
  const chunks: Uint8Array[] = [];
  const abort = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
  let held = 0;
  let ended = false;
  let live = false;
  let before = 0;
  let pull: Promise<IteratorResult<Uint8Array>> | null = null;
  const wait = () =>
    liveAfter === undefined
      ? null
      : io.sleep(liveAfter, waits.signal).then(
          () => 'look' as const,
          () => null,
        );
  let look = wait();
  while (held < most && !signal.aborted) {
    pull ??= input.next();
    const next: IteratorResult<Uint8Array> | 'look' | null = await Promise.race([pull, abort, ...(look ? [look] : [])]);
    if (next === null) break;
    if (next === 'look') {
      live = (held - before) * 1000 < slow * liveAfter!;
      if (live) break;
      before = held;
      look = wait();
      continue;
    }
    pull = null;
    if (next.done === true) {
      ended = true;
      break;
    }
    // A copy: the stream may use its buffer again.
    chunks.push(next.value.slice());
    held += next.value.length;
  }
  waits.abort();
  const stopped = signal.aborted;
  ended ||= stopped;
  if (stopped) void input.return?.();
  /** What is being waited for comes first. */
  const next = (): Promise<IteratorResult<Uint8Array>> => {
    const waiting = pull ?? input.next();
    pull = null;
    return waiting;
  };
  const stdin = (): AsyncIterable<Uint8Array> => ({
    [Symbol.asyncIterator]() {
      let at = 0;
      return {
        next: () =>
          at < chunks.length
            ? Promise.resolve({ done: false, value: chunks[at++]! })
            : ended
              ? Promise.resolve({ done: true, value: undefined })
              : next(),
        return: async () => (await input.return?.()) ?? { done: true, value: undefined },
      };
    },
  });
  return { chunks, ended, stopped, live, io: { ...io, stdin } };
}
