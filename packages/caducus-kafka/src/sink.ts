import { defineSink, openShipment, recordText, selectOption, shipmentOptions, type Outcome, type Parcel } from 'caducus';
import { CompressionTypes, Partitioners, type Message } from 'kafkajs';
import { z } from 'zod';
import { nameBrokers, openKafka } from './connect.ts';
import { explain, findCause, nameFailure } from './failure.ts';
import { connectionOptions, findClash } from './options.ts';

const kindPlace = '{kind}';

const options = z
  .strictObject({
    select: selectOption(['finding']),
    ...connectionOptions,
    topic: z
      .string()
      .refine((text) => /^[\w.-]{1,249}$/.test(text.replaceAll(kindPlace, 'kind')), 'expected the name of a topic, such as caducus.{kind}')
      .default(`caducus.${kindPlace}`)
      .describe('Topic; {kind} stands for finding, radar, event and so on.'),
    compression: z.enum(['none', 'gzip']).default('gzip').describe('How batches are packed.'),
    ...shipmentOptions,
  })
  .superRefine((given, context) => {
    const clash = findClash(given);
    if (clash !== null) context.addIssue({ code: 'custom', message: clash });
  });

/** What can never be taken as it stands. */
const unfit = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'CORRUPT_MESSAGE']);

/** What is said of one finding, and the events of one group, keep their order: they have one key, and so one partition. */
export function makeMessage({ id, kind, time, record }: Parcel): Message {
  const key = kind === 'event' ? record['group_id'] : (record['id'] ?? record['group_id']);
  return {
    key: typeof key === 'string' ? key : id,
    value: recordText(record),
    timestamp: String(Math.max(0, Math.trunc(time))),
    headers: { id, kind },
  };
}

/**
 * Writes each record as a message of JSON, with the headers `id` and `kind`. Records go in batches that all replicas in sync
 * have before they count; what waits is part of the checkpoint, so that brokers that are away stop nobody. At least once:
 * what is sent again after a crash has the same `id` where it is the same record. Of several partitions it may not be: an event
 * that came in time may come late now, and says so. Its own id, in the record, is the same.
 *
 * Throws CAD011 for a file that cannot be read.
 */
export const kafka = defineSink({
  name: 'kafka',
  summary: 'Writes what was found to topics of Kafka, in batches over an outbox in the checkpoint.',
  options,
  async probe(given, { io, id }) {
    const path = `sinks.${id}`;
    const admin = (await openKafka(given, io.files, path)).admin();
    try {
      await admin.connect();
      const topics = [...new Set(given.select.map((kind) => given.topic.replaceAll(kindPlace, kind)))];
      await admin.fetchTopicMetadata({ topics });
      return `${nameBrokers(given)} has ${topics.join(', ')}`;
    } catch (error) {
      throw nameFailure(error, path, nameBrokers(given));
    } finally {
      await admin.disconnect();
    }
  },
  async open(given, context) {
    const client = await openKafka(given, context.io.files, `sinks.${context.id}`);
    const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner, allowAutoTopicCreation: false });
    const compression = given.compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None;
    return openShipment(given, context, {
      async carry(batch, signal): Promise<Outcome> {
        const topics = new Map<string, Message[]>();
        for (const parcel of batch) {
          const topic = given.topic.replaceAll(kindPlace, parcel.kind);
          topics.set(topic, [...(topics.get(topic) ?? []), makeMessage(parcel)]);
        }
        try {
          await producer.connect();
          signal.throwIfAborted();
          const topicMessages = [...topics].map(([topic, messages]) => ({ topic, messages }));
          await producer.sendBatch({ topicMessages, acks: -1, compression, timeout: given.timeout });
          return { ok: true };
        } catch (error) {
          if (signal.aborted) throw error;
          const { type } = findCause(error);
          const isUnfit = type !== undefined && unfit.has(type);
          return { ok: false, retry: !isUnfit, why: `${nameBrokers(given)}: ${explain(error)}` };
        }
      },
      close: () => producer.disconnect(),
    });
  },
});
