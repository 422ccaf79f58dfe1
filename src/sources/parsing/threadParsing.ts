import { Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { CaducusError } from '../../errors.ts';
import type { Files } from '../../io.ts';
import { threadFile } from '../../io/threadFile.ts';
import type { EncodedParsed, Parsing, ParsingAnswer, ParsingRequest, ParsingStart } from './parsing.ts';

/** Where the thread's module lies: beside this one, or, bundled as well, beside the bundled program. */
const candidates = ['./parseThread.js', './parseThread.mjs'];

/** Address of the module of the thread that parses. Throws CAD001 when the installation is incomplete. */
export async function parsingFile(files: Files, from: string = import.meta.url): Promise<URL> {
  const file = await threadFile(files, from, new URL('./parseThread.ts', from), candidates);
  if (file) return file;
  throw new CaducusError('CAD001', { file: fileURLToPath(from) }, 'parseThread.js is missing from this installation');
}

/**
 * Parses in a thread of its own. Should the thread end by itself, everything that was asked of it rejects with its error. It
 * keeps the process alive only while an answer is waited for.
 */
export function threadParsing(file: URL, start: ParsingStart): Parsing {
  const worker = new Worker(file, { workerData: start });
  let waiting: { resolve(parsed: EncodedParsed): void; reject(error: unknown): void }[] = [];
  let ended: Error | null = null;
  let streams = 0;
  worker.unref();
  worker.on('message', ({ parsed }: ParsingAnswer) => {
    const { resolve } = waiting.shift()!;
    if (waiting.length === 0) worker.unref();
    resolve(parsed);
  });
  const end = (error: Error) => {
    ended ??= new CaducusError('CAD001', {}, `the thread that parses ended: ${error.message}`, { cause: error });
    for (const { reject } of waiting) reject(ended);
    waiting = [];
  };
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`exit code ${code}`)));
  const ask = (request: ParsingRequest, moved: ArrayBuffer[] = []) => {
    if (ended === null) worker.postMessage(request, moved);
  };
  return {
    open(given) {
      const stream = (streams += 1);
      ask({ ask: 'open', stream, start: given });
      return {
        push: (bytes) =>
          new Promise((resolve, reject) => {
            if (ended) return reject(ended);
            waiting.push({ resolve, reject });
            worker.ref();
            ask({ ask: 'push', stream, bytes }, [bytes.buffer as ArrayBuffer]);
          }),
        close: () => ask({ ask: 'close', stream }),
      };
    },
    close: async () => void (await worker.terminate()),
  };
}
