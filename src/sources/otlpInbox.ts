import type { Json } from '../event.ts';
import { httpOptions } from './http/options.ts';
import type { SourceBatch, SourceContext, SourceCounts } from './source.ts';

/** What came of an export of logs: the answer that says what was kept of it, in protobuf, or why it never can be. */
export type Exported = { response: Uint8Array } | { refuse: string };

/** Takes exports of logs of OpenTelemetry, in protobuf, however they come. */
export interface OtlpInbox {
  /** Whether so much waits that senders have to come back later. */
  readonly isFull: boolean;
  readonly counts: SourceCounts;
  /** Resolves when the records of an ExportLogsServiceRequest are on disk. Rejects when they cannot be kept now. */
  take(request: Buffer): Promise<Exported>;
  batches(): AsyncIterable<SourceBatch>;
  release(position: Json): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens what the listener of OTLP over HTTP has behind it: records as they are read there, in a journal on disk.
 * `maxBacklog`: bytes that may wait for the pipeline. Throws CAD015 where there is no folder for the journal.
 */
export async function openOtlpInbox(context: SourceContext, maxBacklog: number): Promise<OtlpInbox> {
  // They bring a reader of protobuf along: loaded for those who ask for it.
  const [{ Inbox }, { shippedBody }, { readOtlp }, { writePartialSuccess }] = await Promise.all([
    import('./http/inbox.ts'),
    import('./http/shippers/shipperBody.ts'),
    import('./http/shippers/otlp.ts'),
    import('./http/shippers/writePartialSuccess.ts'),
  ]);
  const inbox = await Inbox.open(context, maxBacklog);
  const decode = shippedBody((body) => readOtlp(body, true));
  const given = {
    options: httpOptions.parse({}),
    headers: {},
    fetchText: () => Promise.reject(new Error('nothing is fetched')),
  };
  return {
    get isFull() {
      return inbox.isFull;
    },
    counts: inbox.counts,
    async take(request) {
      const taken = await inbox.take(decode, request, given);
      if ('forbid' in taken) return { refuse: taken.forbid };
      return 'refuse' in taken ? taken : { response: writePartialSuccess(taken) };
    },
    batches: () => inbox.batches(),
    release: (position) => inbox.release(position),
    close: () => inbox.close(),
  };
}
