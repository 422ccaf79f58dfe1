import { defineSource, type OpenSource, type SourceContext } from 'caducus';
import { Consumption } from './consumption.ts';
import { openJet } from './connect.ts';
import { nameConsumer, readOptions, type NatsSourceOptions } from './readOptions.ts';
import { findConsumer, findStream } from './resources.ts';

function open(given: NatsSourceOptions, context: SourceContext): OpenSource {
  const consumption = new Consumption(given, context);
  return {
    batches: consumption.batches(),
    commit: (position) => consumption.commit(position),
    counts: () => ({ duplicate: consumption.duplicates }),
    trouble: () => consumption.trouble(),
    close: () => consumption.close(),
  };
}

/**
 * Messages of a JetStream stream, in their order, by a durable pull consumer. The position is the number of the last
 * message; a message is acknowledged once a checkpoint holds it. What the server gave to a process that died is read from
 * the stream, so nothing waits for `ack_wait`; what it gives again is known by its number.
 *
 * Throws CAD011 for a file that cannot be read, CAD066 when no server answers, CAD020 when one refuses, is older than 2.9,
 * has no JetStream, no such stream, or a consumer of that name that is of another kind.
 */
export const nats = defineSource({
  name: 'nats',
  summary: 'Messages of a NATS JetStream stream, acknowledged with the checkpoint.',
  options: readOptions,
  live: ({ follow }) => follow,
  identity: ({ stream, subject: only, domain }) => ({ stream, subject: only ?? null, domain: domain ?? null }),
  async probe(given, { io, id }) {
    const path = `sources.${id}`;
    const jet = await openJet(given, io, path);
    try {
      const stream = await findStream(jet, given.stream, path);
      const name = nameConsumer(given, id);
      const consumer = await findConsumer(jet, given, name, path);
      const waiting = consumer ? `, ${consumer.num_pending} for consumer ${name}` : '';
      return `stream ${given.stream} holds ${stream.state.messages} messages${waiting}`;
    } finally {
      await jet.close();
    }
  },
  open,
});
