import { Worker } from 'node:worker_threads';
import { CaducusError } from '../../errors.ts';
import type { EncodeAnswer, EncodeRequest, EncoderReady, EncoderPrinted, EncoderStart } from './messages.ts';
import { PendingAnswers } from './pendingAnswers.ts';

type Ready = Extract<EncoderReady, { kind: 'ready' }>;

/** Lines of TensorFlow.js handed on in the life of a thread. */
const mostLines = 50;

/** A running thread with the encoder in it. */
export interface EncoderThread {
  readonly backend: Ready['backend'];
  readonly dimension: number;
  readonly warnings: readonly string[];
  /** False once the thread has ended, by itself or by `close`. */
  readonly alive: boolean;
  /** Vectors one after the other, in the order of the texts. Rejects when encoding fails or the thread ends. */
  encode(texts: readonly string[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Starts the thread and waits until a model is loaded in it. It keeps the process alive only while it has work.
 * What TensorFlow.js prints is handed to `print`, each line once, and never mixes with the program's own output.
 * Rejects with CAD081 without the packages, with CAD084 when no backend works.
 */
export async function startEncoderThread(file: URL, start: EncoderStart, print: (line: string) => void): Promise<EncoderThread> {
  const worker = new Worker(file, { workerData: start, transferList: [start.weights] });
  const printed = new Set<string>();
  const pending = new PendingAnswers();
  let alive = true;
  const ready = new Promise<EncoderReady>((resolve) => {
    worker.on('message', (message: EncoderReady | EncodeAnswer | EncoderPrinted) => {
      if (message.kind === 'printed') return printOnce(printed, message.text, print);
      if (message.kind === 'ready' || message.kind === 'failed') return resolve(message);
      pending.settle(message);
      if (pending.size === 0) worker.unref();
    });
    const stop = (reason: Error) => {
      alive = false;
      resolve({ kind: 'failed', code: 'CAD084', reason: reason.message });
      pending.rejectAll(reason);
    };
    worker.on('error', stop);
    worker.on('exit', (code) => stop(new Error(`the encoder's thread ended with code ${code}`)));
  });

  const answer = await ready;
  if (answer.kind === 'failed') {
    await worker.terminate();
    throw new CaducusError(answer.code, { path: 'universal-sentence-encoder' }, answer.reason);
  }
  worker.unref();
  return {
    ...answer,
    get alive() {
      return alive;
    },
    async encode(texts) {
      if (!alive) throw new Error("the encoder's thread has ended");
      worker.ref();
      return pending.add((id) => worker.postMessage({ id, texts } satisfies EncodeRequest));
    },
    close: async () => void (await worker.terminate()),
  };
}

/** TensorFlow.js repeats some advice at every call. */
function printOnce(printed: Set<string>, text: string, print: (line: string) => void): void {
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    if (line === '' || printed.has(line) || printed.size >= mostLines) continue;
    printed.add(line);
    print(line);
  }
}
