// A plugin: an operator, a source and a sink of one's own, named in a pipeline file with --require.
// It exports lists called operators, sources and sinks; nothing registers itself.
import { defineOperator, defineSink, defineSource, sourceOptions } from 'caducus';
import { z } from 'zod';

/** A pulse: so many events, one a second, numbered. It needs nothing from outside, so it can be read again from anywhere. */
const pulse = defineSource({
  name: 'pulse',
  summary: 'Gives numbered events, one a second of event time.',
  options: z.strictObject({ ...sourceOptions, count: z.int().min(0).default(10).describe('How many events.') }),
  open: ({ count }, { id, from }) => ({
    batches: (async function* () {
      for (let n = Number(from ?? 0); n < count; n += 1) {
        const timestamp = new Date(Date.UTC(2026, 2, 14) + n * 1000).toISOString();
        const event = { id: `${id}-${n}`, timestamp, source: id, group_id: `${id}:pulse`, text: `pulse ${n}`, metadata: { n } };
        yield { records: [{ kind: 'event', time: Date.parse(timestamp), key: '', event }], position: n + 1 };
      }
    })(),
    close: async () => {},
  }),
});

/**
 * Lets every so-manyth event through.
 *
 *     in     a-b-c-d-e-f|
 *            every_nth({ n: 3 })
 *     out    ----c-----f|
 */
const everyNth = defineOperator({
  name: 'everyNth',
  summary: 'Lets every so-manyth event through.',
  options: z.strictObject({ n: z.int().min(1).describe('One of so many goes through.') }),
  changes: { n: 'threshold' },
  accepts: ['event'],
  consume: true,
  machine: ({ n }) => ({
    start: () => ({ seen: 0 }),
    step(state, signal, emit) {
      state.seen += 1;
      if (state.seen % n === 0) emit(signal);
    },
  }),
});

/** Prints texts in capitals. */
const shout = defineSink({
  name: 'shout',
  summary: 'Prints the text of events in capitals.',
  options: z.strictObject({
    select: z
      .array(z.enum(['event']))
      .default(['event'])
      .describe('Kinds of signal this sink takes.'),
  }),
  async open(_options, { io }) {
    const counters = { written: 0, filtered: 0, failed: 0, held: 0 };
    return {
      counters,
      async write(batch) {
        for (const { event } of batch) await io.stdout.write(`${event.text.toUpperCase()}\n`);
        counters.written += batch.length;
      },
      flush: async () => {},
      close: async () => {},
    };
  },
});

export const sources = [pulse];
export const operators = [everyNth];
export const sinks = [shout];
