import { defineSource, duration, sourceOptions, type OpenSource, type SourceContext } from 'caducus';
import { z } from 'zod';
import { findHost, nameFailure, openRedis, ready } from './connect.ts';
import { Consumption } from './consumption.ts';
import { connectionOptions } from './options.ts';

const options = z.strictObject({
  ...sourceOptions,
  ...connectionOptions,
  stream: z.string().min(1).describe('Key of the stream that is read.'),
  group: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Consumer group, made where there is none; `caducus-` and the name of the source when left out. A pipeline has one of its own.',
    ),
  start: z
    .enum(['all', 'new'])
    .default('all')
    .describe('Where a group that is made begins: with all that the stream holds, or with what comes from now on.'),
  field: z
    .string()
    .min(1)
    .default('record')
    .describe('Field of an entry that holds the record; an entry without it is a record of all its fields.'),
  follow: z.boolean().default(true).describe('Go on reading what comes, until stopped; without it, it ends with what is there.'),
  claimAfter: duration
    .prefault('1m')
    .describe('What was given to another process of the group, and not acknowledged for so long, is taken over.'),
});

export type RedisSourceOptions = z.output<typeof options>;

function open(given: RedisSourceOptions, context: SourceContext): OpenSource {
  const consumption = new Consumption(given, context);
  return {
    batches: consumption.batches(),
    commit: (position) => consumption.commit(position),
    counts: () => ({ duplicate: consumption.duplicates }),
    trouble: () => consumption.trouble,
    close: () => consumption.close(),
  };
}

/**
 * Entries of a stream, by a consumer group. An entry is acknowledged once a checkpoint holds it; what was given to a process
 * that died is read again first, under the same ids, so that each record counts once, and what another process of the group
 * has left is taken over after `claim_after`. A group that is gone is made anew behind the last entry.
 *
 * Throws CAD011 for a file that cannot be read, CAD066 when no server answers at the start, CAD020 when it refuses.
 */
export const redis = defineSource({
  name: 'redis',
  summary: 'Entries of a stream of Redis, acknowledged with the checkpoint.',
  options,
  live: ({ follow }) => follow,
  redelivers: true,
  identity: ({ url, stream }) => ({ url, stream }),
  async probe(given, { io, id }) {
    const path = `sources.${id}`;
    const client = await openRedis(given, io.files, path);
    try {
      await ready(client);
      return `${findHost(given.url)} holds ${await client.xlen(given.stream)} entries of ${given.stream}`;
    } catch (error) {
      throw nameFailure(error, path, given.url);
    } finally {
      client.disconnect();
    }
  },
  open,
});
