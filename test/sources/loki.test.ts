// One file, because one server, which answers as Loki does, serves every question.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { CaducusError } from '../../src/errors.ts';
import type { Event, Json } from '../../src/event.ts';
import { loki } from '../../src/sources/loki.ts';
import type { SourceBatch } from '../../src/sources/source.ts';
import { openSource } from '../support/openSource.ts';
import { virtualIo } from '../support/virtualIo.ts';

const start = Date.UTC(2026, 2, 14, 3, 10);
const nanos = (ms: number) => `${ms}000000`;

interface Line {
  ms: number;
  line: string;
  stream: Record<string, string>;
}
/** Pauses pass at once; the limit of a question never does. */
function patientIo() {
  const io = virtualIo({ start, auto: false });
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    ms >= 60_000
      ? new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true }))
      : new Promise((resolve) => setImmediate(() => resolve(io.advance(ms))));
  return Object.assign(io, { sleep });
}

const shop = { namespace: 'shop', app: 'orders' };

describe('loki', () => {
  let server: Server;
  let lines: Line[];
  let asked: { query: URLSearchParams; headers: Record<string, unknown> }[];
  /** Answers that come before the true one. */
  let failures: { status: number; body: string; headers?: Record<string, string> }[];
  let url: string;
  beforeEach(async () => {
    lines = [];
    asked = [];
    failures = [];
    server = createServer((request, response) => {
      const { pathname, searchParams: query } = new URL(request.url!, 'http://loki');
      asked.push({ query, headers: request.headers });
      const failure = failures.shift();
      if (failure || pathname !== '/loki/api/v1/query_range') {
        const { status, body, headers = {} } = failure ?? { status: 404, body: '404 page not found' };
        response.writeHead(status, headers).end(body);
        return;
      }
      const found = lines
        .toSorted((a, b) => a.ms - b.ms)
        .filter(({ ms }) => BigInt(nanos(ms)) >= BigInt(query.get('start')!) && BigInt(nanos(ms)) < BigInt(query.get('end')!))
        .slice(0, Number(query.get('limit')));
      const streams = new Map<string, { stream: Record<string, string>; values: string[][] }>();
      for (const { ms, line, stream } of found) {
        const key = JSON.stringify(stream);
        if (!streams.has(key)) streams.set(key, { stream, values: [] });
        streams.get(key)!.values.push([nanos(ms), line]);
      }
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'streams', result: [...streams.values()], stats: {} } }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const open = (options: Record<string, unknown> = {}, from: Json | null = null) =>
    openSource(loki, { url, query: '{namespace="shop"}', ...options }, { io: patientIo(), from });
  async function readAll(options: Record<string, unknown> = {}, from: Json | null = null): Promise<SourceBatch[]> {
    const batches: SourceBatch[] = [];
    for await (const batch of open(options, from).batches) batches.push(batch);
    return batches;
  }
  const events = (batches: readonly SourceBatch[]): Event[] =>
    batches.flatMap(({ records }) => records).flatMap((record) => (record.kind === 'event' ? [record.event] : []));

  it('gives the lines of a span of the past, each as a line of a log is read', async () => {
    lines = [{ ms: start - 60_000, line: '2026-03-14 03:09:00 ERROR payment refused', stream: shop }];
    const batches = await readAll();
    expect(events(batches)[0]).to.deep.include({ timestamp: '2026-03-14T03:09:00.000Z', group_id: 'loki:orders', text: 'payment refused' });
    expect(events(batches)[0]!.metadata).to.deep.include({ level: 'ERROR', namespace: 'shop' });
    expect(batches.at(-1)!.watermark).to.equal(start - 1);
  });

  it('gives several streams in the order of their times, page by page, each line once', async () => {
    lines = Array.from({ length: 95 }, (_, i) => ({
      ms: start - 3_000_000 + Math.floor(i / 4) * 1000,
      line: `line ${i}`,
      stream: { app: `a${i % 3}` },
    }));
    const found = events(await readAll({ limit: 10 }));
    expect(found.map(({ timestamp }) => timestamp)).to.deep.equal(found.map(({ timestamp }) => timestamp).toSorted());
    expect(found.map(({ text }) => text).toSorted()).to.deep.equal(lines.map(({ line }) => line).toSorted());
    expect(new Set(found.map(({ id }) => id)).size).to.equal(95);
  });

  it('goes on from each position with exactly what is missing, and names lines as before', async () => {
    lines = Array.from({ length: 40 }, (_, i) => ({ ms: start - 3_000_000 + Math.floor(i / 3) * 1000, line: `line ${i}`, stream: shop }));
    const whole = await readAll({ limit: 10 });
    const ids = events(whole).map(({ id }) => id);
    for (const [index, { position }] of whole.entries()) {
      const before = events(whole.slice(0, index + 1)).length;
      expect(events(await readAll({ limit: 10 }, position)).map(({ id }) => id)).to.deep.equal(ids.slice(before));
    }
  });

  it('asks again where Loki is busy, after the time it names, and says who asks', async () => {
    lines = [{ ms: start - 1000, line: 'up', stream: shop }];
    failures = [
      { status: 429, body: 'too many', headers: { 'retry-after': '7' } },
      { status: 503, body: 'starting' },
    ];
    expect(events(await readAll({ tenant: 'team-a', token: 'sesame-sesame' })).map(({ text }) => text)).to.deep.equal(['up']);
    expect(asked[0]!.headers).to.deep.include({ 'x-scope-orgid': 'team-a', authorization: 'Bearer sesame-sesame' });
  });

  for (const [what, failure, code, words] of [
    [
      'a query that Loki does not understand',
      { status: 400, body: 'parse error at line 1, col 2: syntax error' },
      'CAD013',
      'refuses the query (HTTP 400): parse error at line 1',
    ],
    ['an answer that lets nobody in', { status: 401, body: 'no org id' }, 'CAD013', 'does not let us in (HTTP 401): no org id'],
    [
      'a query for a metric',
      { status: 200, body: '{"status":"success","data":{"resultType":"matrix","result":[]}}' },
      'CAD013',
      'must select logs, not a metric',
    ],
  ] as const)
    it(`says what is wrong with ${what}`, async () => {
      failures = [failure];
      const error = await readAll().catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(CaducusError).and.to.deep.include({ code });
      expect((error as Error).message).to.include(words);
    });

  it('says that Loki cannot be reached, or keeps failing', async () => {
    failures = Array.from({ length: 20 }, () => ({ status: 502, body: '' }));
    expect(await readAll().catch(({ code }: CaducusError) => code)).to.equal('CAD067');
    expect(await readAll({ url: 'http://127.0.0.1:1' }).catch(({ code }: CaducusError) => code)).to.equal('CAD066');
  });

  it('goes on asking for what is new, and lets windows close where nothing is', async () => {
    lines = [{ ms: start - 30_000, line: 'one', stream: shop }];
    const source = open({ follow: true, since: '1m' });
    const first = (await source.iterator.next()).value as SourceBatch;
    lines.push({ ms: start - 8_000, line: 'two', stream: shop });
    const found = events([first]).map(({ text }) => text);
    const watermarks = [first.watermark!];
    while (found.length < 2) {
      const { value } = (await source.iterator.next()) as { value: SourceBatch };
      found.push(...events([value]).map(({ text }) => text));
      watermarks.push(value.watermark!);
    }
    source.stop();
    await source.iterator.return?.();
    expect(found).to.deep.equal(['one', 'two']);
    expect(watermarks).to.deep.equal(watermarks.toSorted((a, b) => a - b));
  });

  it('refuses a password in the address', () => {
    expect(() => loki.spec.options.parse({ url: 'http://me:pw@loki:3100', query: '{}' })).to.throw(/token_file or headers/);
  });
});
