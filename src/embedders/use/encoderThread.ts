import { Worker } from 'node:worker_threads';
import { CaducusError } from '../../errors.ts';
import type { EncodeAnswer, EncodeRequest, EncoderReady, EncoderStart } from './messages.ts';

type Ready = Extract<EncoderReady, { kind: 'ready' }>;
type Waiting = { resolve(numbers: Float32Array): void; reject(reason: Error): void };

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
 * What TensorFlow.js prints is handed to `say`, each line once, and never mixes with the program's own output.
 * Rejects with CAD081 without the packages, with CAD084 when no backend works.
 */
export async function startEncoderThread(file: URL, start: EncoderStart, say: (line: string) => void): Promise<EncoderThread> {
  const worker = new Worker(file, { workerData: start, transferList: [start.weights], stdout: true, stderr: true });
  const said = new Set<string>();
  for (const stream of [worker.stdout, worker.stderr]) stream.on('data', (chunk: Buffer) => sayOnce(said, String(chunk), say));
  const waiting = new Map<number, Waiting>();
  let alive = true;
  let next = 0;
  let end = (_reason: Error) => {};
  const ready = new Promise<EncoderReady>((resolve, reject) => {
    worker.once('message', resolve);
    end = reject;
  });
  const stop = (reason: Error) => {
    alive = false;
    end(reason);
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };
  worker.on('error', stop);
  worker.on('exit', (code) => stop(new Error(`the encoder's thread ended with code ${code}`)));

  const answer = await ready.catch((cause: Error): EncoderReady => ({ kind: 'failed', code: 'CAD084', reason: cause.message }));
  if (answer.kind === 'failed') {
    await worker.terminate();
    throw new CaducusError(answer.code, { path: 'universal-sentence-encoder' }, answer.reason);
  }
  worker.on('message', (message: EncodeAnswer) => {
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (waiting.size === 0) worker.unref();
    if (message.kind === 'vectors') asked?.resolve(message.numbers);
    else asked?.reject(new Error(message.reason));
  });
  worker.unref();
  return {
    ...answer,
    get alive() {
      return alive;
    },
    encode: (texts) =>
      new Promise((resolve, reject) => {
        if (!alive) return reject(new Error('the encoder\'s thread has ended'));
        const id = next++;
        waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, texts } satisfies EncodeRequest);
      }),
    close: async () => void (await worker.terminate()),
  };
}

/** TensorFlow.js repeats some advice at every call. */
function sayOnce(said: Set<string>, text: string, say: (line: string) => void): void {
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    if (line === '' || said.has(line) || said.size >= mostLines) continue;
    said.add(line);
    say(line);
  }
}
