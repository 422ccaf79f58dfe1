import { defineSource, openOtlpInbox, type OpenSource, type OtlpInbox, type SourceBatch, type SourceContext } from 'caducus';
import { status, type handleUnaryCall } from '@grpc/grpc-js';
import { listenOptions, type ListenOptions } from './readOptions.ts';
import { writeRetryInfo } from './retryInfo.ts';
import { listen, type Listening } from './server.ts';

/** When senders are to come back, seconds: when much is under way, and when much waits. */
const comeBack = { soon: 1, later: 5 };

/** Opens the listener. It takes exports as soon as its batches are asked for. `listening` is called with the port. */
export function openGrpc(options: ListenOptions, context: SourceContext, listening: (port: number) => void = () => {}): OpenSource {
  const { io, id } = context;
  let inbox: OtlpInbox | undefined;
  let server: Listening | undefined;
  let inFlight = 0;

  const handle: handleUnaryCall<Buffer, Buffer> = ({ request }, answer) => {
    const turnAway = (code: status, details: string, seconds: number) =>
      answer({ code, details, metadata: writeRetryInfo(code, details, seconds) });
    if (inFlight + request.length > options.maxInFlight && inFlight > 0)
      return turnAway(status.RESOURCE_EXHAUSTED, 'too much at once', comeBack.soon);
    if (inbox!.isFull) return turnAway(status.UNAVAILABLE, 'too much is waiting', comeBack.later);
    inFlight += request.length;
    const done = inbox!.take(request).finally(() => (inFlight -= request.length));
    done.then(
      (taken) =>
        'refuse' in taken ? answer({ code: status.INVALID_ARGUMENT, details: taken.refuse }) : answer(null, Buffer.from(taken.response)),
      () => turnAway(status.UNAVAILABLE, 'cannot be taken now', comeBack.later),
    );
  };

  async function* batches(): AsyncGenerator<SourceBatch> {
    inbox = await openOtlpInbox(context, options.maxBacklog);
    server = await listen(options, io, id, handle);
    listening(server.port);
    yield* inbox.batches();
  }
  return {
    batches: batches(),
    counts: () => inbox?.counts ?? {},
    release: async (position) => inbox?.release(position),
    async close() {
      await server?.close();
      await inbox?.close();
    },
  };
}

/**
 * Listens for logs of OpenTelemetry over gRPC. A sender is answered only after its records are on disk in a journal, which is
 * read from where the last checkpoint stands: nothing that was received is lost in a crash. Under pressure it is told when to
 * come back.
 *
 * Throws CAD070 when the address is taken, CAD071 when anybody on the network could send, CAD011 for a file that cannot be read.
 */
export const otlpGrpc = defineSource({
  name: 'otlp-grpc',
  summary: 'Listens for logs of OpenTelemetry over gRPC.',
  options: listenOptions,
  live: true,
  readers: 'each',
  redelivers: true,
  // A place in the journal, whatever is sent and where to.
  identity: () => ({}),
  open: (options, context) => openGrpc(options, context),
  async probe(options, { io, id }) {
    const server = await listen(options, io, id, (_call, answer) => answer({ code: status.UNAVAILABLE, details: 'not started yet' }));
    await server.close();
    return `port ${server.port} is free`;
  },
});
