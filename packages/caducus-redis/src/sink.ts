import { defineSink, openShipment, recordText, selectOption, shipmentOptions, type Outcome } from 'caducus';
import { z } from 'zod';
import { findHost, nameFailure, openRedis, ready } from './connect.ts';
import { connectionOptions } from './options.ts';

const options = z.strictObject({
  select: selectOption(['finding']),
  ...connectionOptions,
  stream: z.string().min(1).default('caducus:{kind}').describe('Key of the stream; {kind} stands for finding, radar, event and so on.'),
  maxLength: z.int().min(1).default(100_000).describe('Entries that a stream keeps, about: older ones are let go by the server.'),
  ...shipmentOptions,
});

/**
 * Adds each record to a stream, as an entry with the fields `id`, `kind` and `record` (JSON). Records go in their order, in
 * batches; what waits is part of the checkpoint, so that a server that is away stops nobody. At least once: what is sent
 * again after a crash has the same `id`.
 *
 * Throws CAD011 for a file that cannot be read.
 */
export const redis = defineSink({
  name: 'redis',
  summary: 'Adds findings, radars and events to a stream of Redis.',
  options,
  async probe(given, { io, id }) {
    const path = `sinks.${id}`;
    const client = await openRedis(given, io.files, path);
    try {
      await ready(client);
      return `${findHost(given.url)} answers`;
    } catch (error) {
      throw nameFailure(error, path, given.url);
    } finally {
      client.disconnect();
    }
  },
  async open(given, context) {
    const client = await openRedis(given, context.io.files, `sinks.${context.id}`);
    const host = findHost(given.url);
    const fail = (error: Error & { code?: string }): Outcome => ({
      ok: false,
      retry: true,
      why: `${host}: ${error.message || error.code || 'no answer'}`,
    });
    return openShipment(given, context, {
      async carry(batch, signal) {
        try {
          await ready(client);
          signal.throwIfAborted();
          // All or nothing: a batch that broke off half-way would be added twice.
          const transaction = client.multi();
          for (const { id, kind, record } of batch)
            transaction.xadd(
              given.stream.replaceAll('{kind}', kind),
              'MAXLEN',
              '~',
              given.maxLength,
              '*',
              'id',
              id,
              'kind',
              kind,
              'record',
              recordText(record),
            );
          const answers = await transaction.exec();
          const failed = answers?.find(([error]) => error !== null)?.[0];
          return failed ? fail(failed) : { ok: true };
        } catch (error) {
          if (signal.aborted) throw error;
          return fail(error as Error);
        }
      },
      close: async () => client.disconnect(),
    });
  },
});
