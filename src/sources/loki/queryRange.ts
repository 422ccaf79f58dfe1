import { z } from 'zod';
import { askAgain, Unanswered } from '../../base/askAgain.ts';
import { isTransient, retryAfter } from '../../base/retryAfter.ts';
import { CaducusError } from '../../errors.ts';
import type { Json, JsonObject } from '../../event.ts';
import type { Io } from '../../io.ts';

/** A line as Loki has it. */
export interface Entry {
  /** Nanoseconds since 1970. */
  nanos: bigint;
  labels: JsonObject;
  /** `[nanoseconds, line, metadata?]` as it was answered. */
  value: Json[];
}

export interface Question {
  /** Nanoseconds since 1970; the end is not part of it. */
  start: bigint;
  end: bigint;
  limit: number;
}

export interface LokiClient {
  io: Io;
  /** For errors: the source's id. */
  id: string;
  url: string;
  query: string;
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

const answer = z.looseObject({
  data: z.looseObject({
    resultType: z.literal('streams'),
    result: z.array(
      z.looseObject({ stream: z.record(z.string(), z.json()), values: z.array(z.tuple([z.string().regex(/^\d{7,20}$/)], z.json())) }),
    ),
  }),
});

/** An answer may take this long, milliseconds: a question over hours of chunks is work. */
const timeout = 60_000;
const waits = { first: 500, most: 30_000 };
const longestWait = 300_000;
const mostAttempts = 10;

/**
 * Lines of a span of time, oldest first, at most `limit` (Loki HTTP API, GET /loki/api/v1/query_range). Throttling, 5xx and
 * network failures are tried again. Throws CAD013 for a query that Loki refuses, with its words; CAD066 or CAD067 when it does not get on.
 */
export async function queryRange(client: LokiClient, question: Question): Promise<Entry[]> {
  const { io, id, url, signal } = client;
  const options = { name: url, timeout, attempts: mostAttempts, waits, signal };
  return askAgain(io, options, (limit) => ask(client, question, limit)).catch((cause: unknown) => {
    if (!(cause instanceof Unanswered)) throw cause;
    const message = `${new URL(url).host}: ${cause.message}`;
    throw new CaducusError(cause.answered ? 'CAD067' : 'CAD066', { path: `sources.${id}` }, message, { cause });
  });
}

async function ask({ io, id, url, query, headers }: LokiClient, { start, end, limit }: Question, signal: AbortSignal): Promise<Entry[]> {
  const address = new URL('loki/api/v1/query_range', url.endsWith('/') ? url : `${url}/`);
  address.search = String(
    new URLSearchParams({ query, start: String(start), end: String(end), limit: String(limit), direction: 'forward' }),
  );
  const response = await io.net.fetch(String(address), { signal, redirect: 'error', headers: { accept: 'application/json', ...headers } });
  if (!response.ok) {
    const answered = (await response.text()).trim().slice(0, 300);
    if (isTransient(response.status))
      throw new Unanswered(`HTTP ${response.status}`, {
        again: true,
        wait: retryAfter(response.headers.get('retry-after'), io.now(), longestWait) ?? 0,
      });
    const what = response.status === 401 || response.status === 403 ? 'does not let us in' : 'refuses the query';
    throw new CaducusError(
      'CAD013',
      { path: `sources.${id}` },
      `${address.host} ${what} (HTTP ${response.status})${answered === '' ? '' : `: ${answered}`}`,
    );
  }
  const read = answer.safeParse(await response.json());
  if (!read.success)
    throw new CaducusError(
      'CAD013',
      { path: `sources.${id}.query` },
      `${address.host} answers no lines: the query must select logs, not a metric`,
    );
  return read.data.data.result
    .flatMap(({ stream, values }) => values.map((value) => ({ nanos: BigInt(value[0]), labels: stream, value })))
    .toSorted((a, b) => (a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0));
}
