import { Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { CaducusError } from '../../errors.ts';
import { Queue } from './queue.ts';
import type { Files } from '../../io.ts';
import { threadFile } from '../../io/threadFile.ts';
import type { SavedFolding } from '../../kernel/folding.ts';
import type { SavedInstance } from '../../kernel/defineOperator.ts';
import { listBuffers, encodeBatch } from './encodeBatch.ts';
import type { PartitionAnswer, PartitionRequest, PartitionStart } from './messages.ts';
import type { Partition, PartitionOutput } from './partition.ts';

/** Where the thread's module lies: beside this one, or, bundled as well, beside the bundled program. */
const candidates = ['./partitionThread.js', './partitionThread.mjs'];

/** Address of the module of a partition's thread. Throws CAD001 when the installation is incomplete. */
export async function partitionFile(files: Files, from: string = import.meta.url): Promise<URL> {
  const file = await threadFile(files, from, new URL('./partitionThread.ts', from), candidates);
  if (file) return file;
  throw new CaducusError('CAD001', { file: fileURLToPath(from) }, 'partitionThread.js is missing from this installation');
}

/**
 * A partition in a thread of its own. Should the thread end by itself, everything that was asked of it rejects with its
 * error. It keeps the process alive only while an answer is waited for.
 */
export function threadPartition(file: URL, start: PartitionStart): Partition {
  const worker = new Worker(file, { workerData: start });
  const waiting = new Queue<{ resolve(answer: unknown): void; reject(error: unknown): void }>();
  let ended: Error | null = null;
  worker.unref();
  worker.on('message', ({ answer }: PartitionAnswer) => {
    const { resolve } = waiting.take();
    if (waiting.size === 0) worker.unref();
    resolve(answer);
  });
  const end = (error: Error) => {
    ended ??= new CaducusError('CAD001', { path: start.operator }, `its thread ended: ${error.message}`, { cause: error });
    while (waiting.size > 0) waiting.take().reject(ended);
  };
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`exit code ${code}`)));
  const ask = <T>(request: PartitionRequest, moved: ArrayBuffer[] = []): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (ended) return reject(ended);
      waiting.add({ resolve: resolve as (answer: unknown) => void, reject });
      worker.ref();
      worker.postMessage(request, moved);
    });
  return {
    load: (saved, now) => ask<void>({ ask: 'load', saved, now }),
    work(given) {
      const batch = encodeBatch(given);
      return ask<PartitionOutput>({ ask: 'work', batch }, listBuffers(batch));
    },
    save: () => ask<SavedInstance>({ ask: 'save' }),
    folding: () => ask<SavedFolding | null>({ ask: 'folding' }),
    // What goes wrong in it is heard of by whoever asks for more of the copy.
    beginCopy: (all) => void ask<void>({ ask: 'beginCopy', all }).catch(() => undefined),
    nextCopied: (characters) => ask<string[]>({ ask: 'nextCopied', characters }),
    close: async () => void (await worker.terminate()),
  };
}
