import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { listSignalBuffers } from '../../kernel/encodeSignals.ts';
import { ParseHost } from './parseHost.ts';
import type { ParsingAnswer, ParsingRequest, ParsingStart } from './parsing.ts';

/** The thread in which the bytes of files are parsed. It is started by `threadParsing`. */
function serve(port: MessagePort, start: ParsingStart): void {
  const host = new ParseHost(start);
  // What it throws ends the thread, and with it what waits for an answer.
  port.on('message', (request: ParsingRequest) => {
    const parsed = host.answer(request);
    if (parsed !== null) port.postMessage({ parsed } satisfies ParsingAnswer, listSignalBuffers(parsed.signals));
  });
}

serve(parentPort!, workerData as ParsingStart);
