import { createHash } from 'node:crypto';
import { CaducusError, defineSink, makeRecord, recordText, selectOption, type OpenSink, type SinkContext } from 'caducus';
import { z } from 'zod';
import { openJet } from './connect.ts';
import { connectionOptions, findClash, streamName } from './options.ts';
import { Publisher } from './publisher.ts';

const kindPlace = '{kind}';

const subject = z
  .string()
  .refine(
    (text) => /^[^\s.*>{}]+(?:\.[^\s.*>{}]+)*$/.test(text.replaceAll(kindPlace, 'kind')),
    'expected a subject such as caducus.{kind}, without wildcards',
  );

const options = z
  .strictObject({
    select: selectOption(['finding']),
    ...connectionOptions,
    subject: subject
      .default(`caducus.${kindPlace}`)
      .describe('Subject of what is published; {kind} stands for finding, radar, event and so on.'),
    stream: streamName.optional().describe('Stream that has to take it: the server refuses what would land in another.'),
  })
  .superRefine((given, context) => {
    const clash = findClash(given);
    if (clash !== null) context.addIssue({ code: 'custom', message: clash });
  });

type Options = z.output<typeof options>;

/** The streams that take the subjects. Throws CAD020 for a subject that none takes, or another than was named. */
async function checkSubjects({ select, subject, stream, ...connection }: Options, { io, id }: SinkContext): Promise<string[]> {
  const path = `sinks.${id}`;
  const jet = await openJet({ ...connection }, io, path);
  try {
    const streams: string[] = [];
    for (const kind of select) {
      const to = subject.replaceAll(kindPlace, kind);
      const [name] = await jet.jsm.streams.names(to).next();
      const hint = `nats stream add ${stream ?? 'CADUCUS'} --subjects "${subject.replaceAll(kindPlace, '*')}"`;
      if (name === undefined) throw new CaducusError('CAD020', { path }, `no stream takes the subject ${to}`, { hint });
      if (stream !== undefined && name !== stream)
        throw new CaducusError('CAD020', { path: `${path}.stream` }, `the subject ${to} is taken by the stream ${name}`, { hint });
      streams.push(name);
    }
    return [...new Set(streams)];
  } finally {
    await jet.close();
  }
}

/** Names what is published: the same for the same record of the same pipeline, whoever publishes it again. */
const nameRecord = (pipeline: string, id: string, text: string): string =>
  createHash('sha256')
    .update(JSON.stringify([pipeline, id, text]))
    .digest('base64url')
    .slice(0, 32);

async function open(given: Options, context: SinkContext): Promise<OpenSink> {
  const { id, io, pipeline } = context;
  const { select, subject: pattern, stream } = given;
  await checkSubjects(given, context);
  const publisher = new Publisher(await openJet(given, io, `sinks.${id}`), io, stream);
  const kinds = new Set<string>(select);
  const counters = { written: 0, filtered: 0, failed: 0, held: 0 };
  return {
    counters,
    async write(batch) {
      for (const signal of batch) {
        if (!kinds.has(signal.kind)) {
          counters.filtered += 1;
          continue;
        }
        const text = recordText(makeRecord(signal));
        const isTaken = await publisher.publish(pattern.replaceAll(kindPlace, signal.kind), text, nameRecord(pipeline, id, text));
        counters[isTaken ? 'written' : 'failed'] += 1;
      }
    },
    flush: () => publisher.flush(),
    close: () => publisher.close(),
    trouble: () => publisher.trouble(),
    note: () => (publisher.tooLarge === 0 ? '' : `${publisher.tooLarge} larger than the server takes`),
    figures: () => ({
      published: publisher.acknowledged,
      duplicates: publisher.duplicates,
      again: publisher.again,
      too_large: publisher.tooLarge,
    }),
  };
}

/**
 * Publishes each record as a message of JSON to a JetStream stream and waits, with the checkpoint, until the server has
 * acknowledged all. At least once: after a crash a record is published again, under the same `Nats-Msg-Id`, which the
 * server lets go while it remembers it (`duplicate_window` of the stream, two minutes by default). While the server is
 * away the run waits, and says so.
 *
 * Throws CAD011 for a file that cannot be read, CAD066 when no server answers, CAD020 when one refuses, is older than 2.9,
 * has no JetStream, or no stream takes the subjects.
 */
export const nats = defineSink({
  name: 'nats',
  summary: 'Publishes what was found to a NATS JetStream stream, named so that the server knows what comes twice.',
  options,
  probe: async (given, context) => `stream ${(await checkSubjects(given, context)).join(', ')} takes it`,
  open,
});
