import { z } from 'zod';
import { defineOperator, type Flow } from '../../src/kernel/defineOperator.ts';
import type { Registry } from '../../src/pipeline/registry.ts';
import type { EventSignal, Signal } from '../../src/signal.ts';
import { defineSink } from '../../src/sinks/sink.ts';
import { defineSource, sourceOptions, type SourceBatch } from '../../src/sources/source.ts';
import { duration } from '../../config/scalars.ts';

/** An event at a time in milliseconds. */
export function eventAt(time: number, text = `at ${time}`, group = 'g'): EventSignal {
  const timestamp = new Date(time).toISOString();
  return {
    kind: 'event',
    time,
    key: group,
    event: { id: `${group}-${time}-${text}`, timestamp, source: 'fake', group_id: group, text, metadata: {} },
  };
}

/** Signals for the sources called `fake`, by source id, already cut into batches. */
export type Feeds = Record<string, Signal[][]>;

/** A registry of a source that plays the given feeds, an operator that counts by window, and a sink that remembers. */
export function fakeRegistry(feeds: Feeds): {
  registry: Registry;
  written: Record<string, Signal[]>;
  committed: Record<string, unknown[]>;
} {
  const written: Record<string, Signal[]> = {};
  const committed: Record<string, unknown[]> = {};
  const fake = defineSource({
    name: 'fake',
    summary: 'Plays what a test gives it.',
    options: z.strictObject({ ...sourceOptions, live: z.boolean().default(false) }),
    live: ({ live }) => live,
    open: (_, { id, from }) => ({
      batches: (async function* (): AsyncGenerator<SourceBatch> {
        const batches = feeds[id] ?? [];
        for (let i = Number(from ?? 0); i < batches.length; i += 1) yield { records: batches[i]!, position: i + 1 };
      })(),
      commit: async (position) => void (committed[id] ??= []).push(position),
      close: async () => {},
    }),
  });
  const tally = defineOperator({
    name: 'tally',
    summary: 'Counts events in windows.',
    keyed: true,
    accepts: ['event'],
    ports: { late: (signal) => (signal as Signal & { late?: boolean }).late === true },
    options: z.strictObject({ every: duration.describe('Length of a window.'), label: z.string().default('n').describe('A word.') }),
    changes: { every: 'shape', label: 'view' },
    machine: ({ every }) => ({
      start: (key) => ({ key, end: null as number | null, count: 0 }),
      step(state, { time }: Flow) {
        state.end ??= Math.floor(time / every) * every + every;
        state.count += 1;
      },
      due: (state) => state.end,
      tick(state, time, emit: (signal: Flow & { count: number }) => void) {
        emit({ kind: 'tally', time, key: state.key, count: state.count });
        state.end = null;
        state.count = 0;
      },
      end(state, emit) {
        if (state.end !== null) emit({ kind: 'tally', time: state.end, key: state.key, count: state.count });
      },
    }),
  });
  const keep = defineSink({
    name: 'keep',
    summary: 'Remembers what it is given.',
    options: z.strictObject({ select: z.array(z.string()).default(['event', 'tally', 'rejected']) }),
    open: async (_, { id }) => {
      const counters = { written: 0, filtered: 0, failed: 0, held: 0 };
      const kept = (written[id] ??= []);
      return {
        counters,
        write: async (batch) => {
          kept.push(...batch);
          counters.written += batch.length;
        },
        flush: async () => {},
        close: async () => {},
      };
    },
  });
  return { registry: { sources: [fake], operators: [tally], sinks: [keep] }, written, committed };
}
