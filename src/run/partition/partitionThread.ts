import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { operators } from '../../../operators/index.ts';
import { decodeBatch } from './encodeBatch.ts';
import type { PartitionAnswer, PartitionRequest, PartitionStart } from './messages.ts';
import { PartitionHost } from './partitionHost.ts';

/** The thread in which a part of an operator's keys is worked on. It is started by `threadPartition`. */
function serve(port: MessagePort, { operator, options }: PartitionStart): void {
  const host = new PartitionHost(operators.find(({ spec }) => spec.name === operator)!.spec, options);
  // What it throws ends the thread, and with it what waits for an answer.
  port.on('message', (request: PartitionRequest) => port.postMessage({ answer: answer(host, request) } satisfies PartitionAnswer));
}

type Answer = PartitionAnswer['answer'];

function answer(host: PartitionHost, request: PartitionRequest): Answer {
  switch (request.ask) {
    case 'load':
      host.load(request.saved, request.now);
      return null;
    case 'work':
      return host.work(decodeBatch(request.batch));
    case 'save':
      return host.instance.save();
    case 'folding':
      return host.instance.folding;
    case 'beginCopy':
      host.instance.beginCopy(request.all);
      return null;
    case 'nextCopied':
      return host.instance.nextCopied(request.characters);
  }
}

serve(parentPort!, workerData as PartitionStart);
