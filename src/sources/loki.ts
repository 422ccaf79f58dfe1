import type { Json } from '../event.ts';
import { readSecret } from '../io/readNamed.ts';
import type { Signal } from '../signal.ts';
import { readShipped } from './http/shippers/readShipped.ts';
import { readStreams } from './http/shippers/loki.ts';
import { lokiOptions, type LokiOptions } from './loki/options.ts';
import { queryRange, type Entry, type LokiClient } from './loki/queryRange.ts';
import { makeQuestion, takeAnswer, type Place } from './loki/walk.ts';
import { shortHash } from './shortHash.ts';
import { defineSource, type SourceBatch, type SourceContext } from './source.ts';

const toNanos = (ms: number): bigint => BigInt(Math.floor(ms)) * 1_000_000n;

/** The name of a line: stream, time and text. Two lines that agree in all of it are one to Loki too. */
const nameEntry = ({ labels, value }: Entry): string => shortHash([JSON.stringify(labels), JSON.stringify(value)]);

function readPlace(from: Json | null): Place | null {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  const { at, seen } = from;
  return typeof at === 'string' ? { at: BigInt(at), seen: Array.isArray(seen) ? seen.map(String) : [] } : null;
}

/** A length of time back from now, or a time; times lie beyond any such length. */
const findStart = (since: number, now: number): number => (since < 1e11 ? now - since : since);

async function openClient(options: LokiOptions, { io, id, signal }: SourceContext): Promise<LokiClient> {
  const { url, query, tenant, token, tokenFile, headers } = options;
  const bearer = await readSecret(io.files, token, tokenFile, `sources.${id}`);
  return {
    io,
    id,
    url,
    query,
    signal,
    headers: {
      ...(tenant !== undefined && { 'X-Scope-OrgID': tenant }),
      ...(bearer !== null && { Authorization: `Bearer ${bearer}` }),
      ...headers,
    },
  };
}

async function* read(options: LokiOptions, context: SourceContext): AsyncGenerator<SourceBatch> {
  const { io, id, from, signal } = context;
  const client = await openClient(options, context);
  let place: Place = readPlace(from) ?? { at: toNanos(findStart(options.since, io.now())), seen: [] };
  const reach = () => toNanos(options.until ?? io.now() - (options.follow ? options.settle : 0));
  for (let until = reach(); !signal.aborted; until = reach()) {
    while (place.at < until && !signal.aborted) {
      const question = makeQuestion(place, until, toNanos(options.step), options.limit);
      const { entries, next, overfull } = takeAnswer(place, question, await queryRange(client, question), nameEntry);
      place = next;
      const records = makeRecords(entries, id, io.now());
      if (overfull) records.push(leftOut(id, question.start, options.limit));
      // All before that time has come: windows may close although a service wrote nothing.
      yield { records, position: { at: String(place.at), seen: [...place.seen] }, watermark: Number(place.at / 1_000_000n) - 1 };
    }
    if (!options.follow || (options.until !== undefined && place.at >= toNanos(options.until))) return;
    await io.sleep(options.pollInterval, signal).catch(() => undefined);
  }
}

function makeRecords(entries: readonly Entry[], id: string, now: number): Signal[] {
  const shipped = entries.map((entry) => ({
    ...readStreams([{ stream: entry.labels, values: [entry.value] }])[0]!,
    id: `${id}-${nameEntry(entry)}`,
  }));
  return readShipped(shipped, { id, now, request: '0' });
}

const leftOut = (source: string, nanos: bigint, limit: number): Signal => ({
  kind: 'rejected',
  time: Number(nanos / 1_000_000n),
  key: '',
  rejected: { source, reason: `more than ${limit} lines of one nanosecond: the rest cannot be asked for`, place: {}, original: '' },
});

/**
 * Lines that Loki has, in the order of their times, page by page: last month for `backtest` and `learn`, or with `follow` what is new.
 * A record is read as a line of a log is; the group is the label service_name, service, app, job, container or unit. The
 * position is a time and the lines of it that have come, so that a restart neither loses nor doubles one.
 *
 * Throws CAD013 for a query that Loki refuses, CAD066 and CAD067 when it cannot be reached or keeps failing.
 */
export const loki = defineSource({
  name: 'loki',
  summary: 'Lines that Loki has: a span of the past, or live.',
  options: lokiOptions,
  live: ({ follow }) => follow,
  identity: ({ url, query, tenant }) => ({ url, query, tenant: tenant ?? null }),
  open: (options, context) => ({ batches: read(options, context), close: async () => {} }),
  async probe(options, context) {
    const now = toNanos(context.io.now());
    await queryRange(await openClient(options, context), { start: now - 1_000_000_000n, end: now, limit: 1 });
    return 'Loki answers the query';
  },
});
