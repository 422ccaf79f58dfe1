import { nodeIo, type Json, type OpenSource, type SourceBatch } from 'caducus';
import { nats } from '../../src/source.ts';

/** The source of a stream, open, with its batches one at a time. */
export interface Reading extends OpenSource {
  iterator: AsyncIterator<SourceBatch>;
  stop: AbortController;
}

/** Opens the source `in` of the stream LOGS, from a position on. */
export function openReading(servers: string, options: object, from: Json | null): Reading {
  const stop = new AbortController();
  const parsed = nats.spec.options.parse({ servers, stream: 'LOGS', ...options });
  const source = nats.spec.open(parsed, { io: nodeIo(), id: 'in', from, signal: stop.signal });
  return { ...source, iterator: source.batches[Symbol.asyncIterator](), stop };
}

/** Stops them, and lets go of them. */
export async function closeReadings(readings: Reading[]): Promise<void> {
  for (const { stop, close } of readings.splice(0)) {
    stop.abort();
    await close();
  }
}
