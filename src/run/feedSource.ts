import { z } from 'zod';
import { toIso, type Event, type JsonObject } from '../event.ts';
import type { Signal } from '../signal.ts';
import { file } from '../sources/file.ts';
import { defineSource, sourceOptions, type SourceEntry } from '../sources/source.ts';
import { CaducusError } from '../errors.ts';
import { parseDuration } from '../../config/scalars.ts';
import type { SourceNode } from '../pipeline/definition.ts';
import { readOverrides, withOverrides } from '../pipeline/overrides.ts';
import { parseMarbles } from '../pipeline/tests/marbleText.ts';
import type { Feed } from '../pipeline/tests/testCase.ts';

interface Timing {
  start: number;
  frame: number;
}

/** A source in a test's place of the real one: the file in the same format, the records, or the marbles. */
export function feedSource(node: SourceNode, feed: Feed, timing: Timing): SourceNode {
  const renamed = (source: SourceEntry) => withOverrides(source, readOverrides(node.source));
  if (typeof feed === 'string') {
    const isFile = node.source.spec.name === 'file';
    const options = isFile
      ? { ...(node.options as object), path: feed, follow: false }
      : file.spec.options.parse({ path: feed, format: 'ndjson' });
    return { ...node, name: node.name ?? node.id, source: isFile ? node.source : renamed(file), options };
  }
  const { allowedLateness = 0 } = node.options as { allowedLateness?: number };
  const signals = Array.isArray(feed)
    ? feed.map((record, i) => makeSignal(record, { id: node.id, i, time: parseTimeField(record, timing, i) }))
    : ofMarbles(node.id, feed, timing);
  return { ...node, source: renamed(playback(signals)), options: { allowedLateness, idle: 10_000 } };
}

function ofMarbles(id: string, { marbles, values }: Exclude<Feed, string | unknown[]>, { start, frame }: Timing): Signal[] {
  return parseMarbles(marbles).marks.map(({ frame: at, letter }, i) =>
    makeSignal({ text: letter, ...values[letter] }, { id, i, time: start + at * frame }),
  );
}

/** Event time of an inline record: its `timestamp`, its `at` after the start, or a frame after the one before. */
function parseTimeField({ timestamp, at }: Record<string, unknown>, { start, frame }: Timing, i: number): number {
  if (typeof timestamp === 'string') return Date.parse(timestamp);
  if (at === undefined) return start + i * frame;
  const after = typeof at === 'number' ? at : parseDuration(String(at));
  if (after === null) throw new CaducusError('CAD013', {}, `"at" of a fed record is no length of time: ${JSON.stringify(at)}`);
  return start + after;
}

function makeSignal(record: Record<string, unknown>, { id, i, time }: { id: string; i: number; time: number }): Signal {
  const { id: own, timestamp: _t, at: _a, source, group_id: group, text, metadata, ...rest } = record;
  const word = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);
  const event: Event = {
    id: word(own, `${id}-${String(i).padStart(6, '0')}`),
    timestamp: toIso(time),
    source: word(source, id),
    group_id: word(group, `${word(source, id)}:test`),
    text: word(text, ''),
    // What is no field of an event is metadata: `{ text: x, level: error }` reads well in a test.
    metadata: { ...(rest as JsonObject), ...(metadata as JsonObject | undefined) },
  };
  return { kind: 'event', time, key: '', event };
}

const playback = (signals: Signal[]) =>
  defineSource({
    name: 'feed',
    summary: 'the records of a test',
    options: z.strictObject(sourceOptions),
    open: () => ({
      batches: (async function* () {
        yield { records: signals, position: signals.length };
      })(),
      close: async () => {},
    }),
  });
