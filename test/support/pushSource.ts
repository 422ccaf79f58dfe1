import { z } from 'zod';
import type { Signal } from '../../src/signal.ts';
import { defineSource, sourceOptions, type Source, type SourceReaders } from '../../src/sources/source.ts';

export interface PushSource {
  source: Source;
  /** Gives a batch; it waits until it is pulled. */
  push(records: Signal[], watermark?: number): void;
  /** The source comes to its end. */
  end(): void;
  /** Batches that have been pulled. */
  readonly pulled: number;
  committed: unknown[];
}

/**
 * A live source, called `push`, that gives what a test pushes, to whoever asks first. With `replayable: false` it can be read
 * once only.
 */
export function pushSource({ replayable = false, readers = 'one' as SourceReaders } = {}): PushSource {
  const waiting: { records: Signal[]; watermark?: number }[] = [];
  const state = { pulled: 0, ended: false, wake: () => {} };
  const committed: unknown[] = [];
  const source = defineSource({
    name: 'push',
    summary: 'Gives what a test pushes.',
    options: z.strictObject({ ...sourceOptions }),
    live: true,
    replayable,
    readers,
    open: (_, { from, signal }) => ({
      batches: (async function* () {
        let position = Number(from ?? 0);
        while (!signal.aborted) {
          const batch = waiting.shift();
          if (batch) {
            state.pulled += 1;
            position += batch.records.length;
            yield { ...batch, position };
          } else if (state.ended) return;
          else {
            await new Promise<void>((resolve) => {
              state.wake = resolve;
              signal.onabort = () => resolve();
            });
          }
        }
      })(),
      commit: async (position) => void committed.push(position),
      close: async () => {},
    }),
  });
  return {
    source: source,
    committed,
    push(records, watermark) {
      waiting.push({ records, ...(watermark !== undefined && { watermark }) });
      state.wake();
    },
    end() {
      state.ended = true;
      state.wake();
    },
    get pulled() {
      return state.pulled;
    },
  };
}
