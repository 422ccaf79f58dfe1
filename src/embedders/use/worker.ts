import shared from 'node:console';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { loadEncoder, MissingPackageError, type Encoder } from './loadEncoder.ts';
import type { EncodeAnswer, EncodeRequest, EncoderReady, EncoderPrinted, EncoderStart } from './messages.ts';

/** TensorFlow.js talks to the console; a program's own output must not be mixed with that, and whoever started us decides. */
function redirectConsole(port: MessagePort): void {
  const say = (...parts: unknown[]) => port.postMessage({ kind: 'printed', text: parts.join(' ') } satisfies EncoderPrinted);
  Object.assign(shared, { log: say, info: say, warn: say, error: say, debug: say });
}

/**
 * The thread in which TensorFlow.js runs, so that a stream keeps its pace while sentences are encoded. It is started
 * by `encoderThread`, and is the only module that loads TensorFlow.js.
 */
async function serve(port: MessagePort, start: EncoderStart): Promise<void> {
  redirectConsole(port);
  const tell = (message: EncoderReady) => port.postMessage(message);
  let encoder: Encoder;
  try {
    encoder = await loadEncoder(start);
  } catch (error) {
    const code = error instanceof MissingPackageError ? 'CAD081' : 'CAD084';
    return tell({ kind: 'failed', code, reason: (error as Error).message });
  }
  const { backend, dimension, warnings } = encoder;
  port.on('message', async ({ id, texts }: EncodeRequest) => {
    try {
      const numbers = await encoder.encode(texts);
      port.postMessage({ kind: 'vectors', id, numbers } satisfies EncodeAnswer, [numbers.buffer as ArrayBuffer]);
    } catch (error) {
      port.postMessage({ kind: 'error', id, reason: (error as Error).message } satisfies EncodeAnswer);
    }
  });
  tell({ kind: 'ready', backend, dimension, warnings });
}

if (parentPort) await serve(parentPort, workerData as EncoderStart);
