// One file, because one listener serves every shipper.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { expect } from 'chai';
import fc from 'fast-check';
import { compress } from 'snappyjs';
import type { Event } from '../../../src/event.ts';
import { openHttp } from '../../../src/sources/http.ts';
import { httpOptions } from '../../../src/sources/http/options.ts';
import { protocols } from '../../../src/sources/http/shippers/index.ts';
import { splitDocuments } from '../../../src/sources/http/shippers/splitDocuments.ts';
import { virtualIo } from '../../support/virtualIo.ts';

const start = Date.UTC(2030, 2, 14, 3, 10);
const seconds = start / 1000;
const nanos = `${seconds}000000000`;

/** A protobuf message: fields in order, bytes and texts by number. */
function message(write: (writer: BinaryWriter) => void): Uint8Array {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
}
const field = (writer: BinaryWriter, number: number, bytes: Uint8Array) => writer.tag(number, WireType.LengthDelimited).bytes(bytes);
const text = (writer: BinaryWriter, number: number, value: string) => writer.tag(number, WireType.LengthDelimited).string(value);

describe('http for shippers', () => {
  let stateDir: string;
  const stops: (() => Promise<void>)[] = [];
  beforeEach(async () => (stateDir = await mkdtemp(join(tmpdir(), 'caducus-shippers-'))));
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await rm(stateDir, { recursive: true });
  });

  /** A listener; `send` posts, `take` gives the next events. */
  async function listen(options: Record<string, unknown> = {}) {
    const abort = new AbortController();
    let opened: (port: number) => void = () => {};
    const port = new Promise<number>((resolve) => (opened = resolve));
    const parsed = httpOptions.parse({ listen: '127.0.0.1:0', format: 'shippers', ...options });
    const io = virtualIo({ start, auto: false });
    const source = openHttp(parsed, { io, id: 'in', from: null, signal: abort.signal, stateDir }, { listening: opened });
    const iterator = source.batches[Symbol.asyncIterator]();
    let next = iterator.next();
    const base = `http://127.0.0.1:${await Promise.race([port, next.then(() => port)])}`;
    stops.push(async () => {
      abort.abort();
      await source.close();
    });
    return {
      send: async (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) => {
        const response = await fetch(base + path, { method: 'POST', body, headers });
        const said = await response.text();
        return { status: response.status, body: said === '' ? null : (JSON.parse(said) as unknown) };
      },
      get: async (path: string) => (await fetch(base + path)).json() as Promise<Record<string, unknown>>,
      take: async (count: number) => {
        const events: Event[] = [];
        while (events.length < count) {
          const { value } = await next;
          next = iterator.next();
          events.push(
            ...value.records.flatMap((record: { kind: string; event: Event }) => (record.kind === 'event' ? [record.event] : [])),
          );
        }
        return events;
      },
    };
  }

  const brief = ({ timestamp, group_id: group, text: line, metadata }: Event) => [timestamp.slice(11, 23), group, line, metadata.level];

  it('takes what goes to Loki, in JSON', async () => {
    const { send, take } = await listen();
    const streams = [
      {
        stream: { app: 'cart', level: 'error' },
        values: [
          [nanos, 'db timeout after 30 s'],
          [nanos, 'again', { trace: 't1' }],
        ],
      },
    ];
    expect(await send('/loki/api/v1/push', JSON.stringify({ streams }))).to.deep.equal({ status: 204, body: null });
    const found = await take(2);
    expect(brief(found[0]!)).to.deep.equal(['03:10:00.000', 'in:cart', 'db timeout after 30 s', 'error']);
    expect(found[1]!.metadata).to.include({ app: 'cart', trace: 't1' });
  });

  it('takes what goes to Loki, in protobuf, as Promtail and Alloy send it', async () => {
    const { send, take } = await listen();
    const entry = message((writer) => {
      field(
        writer,
        1,
        message((at) => at.tag(1, WireType.Varint).int64(seconds).tag(2, WireType.Varint).int32(250_000_000)),
      );
      text(writer, 2, 'db timeout');
      field(
        writer,
        3,
        message((pair) => {
          text(pair, 1, 'trace');
          text(pair, 2, 't1');
        }),
      );
    });
    const stream = message((writer) => {
      text(writer, 1, '{service_name="cart", level="warn", q="a\\"b"}');
      field(writer, 2, entry);
      field(writer, 2, entry);
    });
    const body = compress(message((writer) => field(writer, 1, stream)));
    expect((await send('/loki/api/v1/push', body, { 'content-type': 'application/x-protobuf' })).status).to.equal(204);
    const [found] = await take(2);
    expect(brief(found!)).to.deep.equal(['03:10:00.250', 'in:cart', 'db timeout', 'warn']);
    expect(found!.metadata).to.include({ trace: 't1', q: 'a"b' });
  });

  it('takes a bulk of Elasticsearch, and says who it is when asked', async () => {
    const { send, get, take } = await listen();
    expect(await get('/')).to.have.nested.property('version.number');
    const lines = [
      '{"create":{"_index":"logs"}}',
      '{"@timestamp":"2030-03-14T03:09:59Z","message":"disk full","log.level":"error"}',
      '{"delete":{"_id":"1"}}',
      '{"index":{"_id":"a-1"}}',
      '{"message":"twice"}',
      '',
    ];
    const { status, body } = await send('/_bulk', lines.join('\n'), { 'content-type': 'application/x-ndjson' });
    expect([status, body]).to.deep.equal([
      200,
      { took: 0, errors: false, items: [{ create: { status: 201 } }, { delete: { status: 404 } }, { index: { status: 201 } }] },
    ]);
    const [first, second] = await take(2);
    expect(brief(first!).slice(0, 1).concat(first!.text, first!.metadata.level)).to.deep.equal(['03:09:59.000', 'disk full', 'error']);
    expect(second).to.include({ id: 'a-1', text: 'twice' });
  });

  it('takes events of Splunk, one after the other, and raw lines', async () => {
    const { send, get, take } = await listen({ token: 'secret-token' });
    const headers = { authorization: 'Splunk secret-token' };
    const event = (event: unknown) => JSON.stringify({ time: seconds + 0.157, host: 'web-1', source: 'nginx', event });
    expect((await send('/services/collector/event', event('x'), { authorization: 'Splunk wrong-token' })).status).to.equal(401);
    expect(
      await send('/services/collector/event', event('GET /cart } 502') + event({ msg: 'hi', severity: 'warn' }), headers),
    ).to.deep.equal({
      status: 200,
      body: { text: 'Success', code: 0 },
    });
    await send('/services/collector/raw?source=app', 'one\ntwo\n', headers);
    const found = await take(4);
    expect(brief(found[0]!).slice(0, 3)).to.deep.equal(['03:10:00.157', 'in:nginx', 'GET /cart } 502']);
    expect([found[1]!.text, found[1]!.metadata.level, found[1]!.metadata.host]).to.deep.equal(['hi', 'warn', 'web-1']);
    expect(found.slice(2).map((one) => [one.group_id, one.text])).to.deep.equal([
      ['in:app', 'one'],
      ['in:app', 'two'],
    ]);
    expect((await get('/services/collector/health')).error).to.equal('the token is missing or wrong');
  });

  const subscription = {
    messageType: 'DATA_MESSAGE',
    owner: '1',
    logGroup: '/aws/lambda/pay',
    logStream: 's',
    logEvents: [{ id: '36', timestamp: start, message: 'boom\n' }],
  };

  it('takes what Firehose delivers of CloudWatch Logs, each event once', async () => {
    const { send, take } = await listen({ token: 'secret-token' });
    const headers = { 'x-amz-firehose-protocol-version': '1.0', 'x-amz-firehose-access-key': 'secret-token' };
    const data = gzipSync(JSON.stringify(subscription)).toString('base64');
    const body = JSON.stringify({
      requestId: 'r-1',
      timestamp: 5,
      records: [{ data }, { data: Buffer.from('plain line\n').toString('base64') }],
    });
    expect(await send('/', body, headers)).to.deep.equal({ status: 200, body: { requestId: 'r-1', timestamp: 5 } });
    const found = await take(2);
    expect(found.map((one) => [one.id === '36', one.group_id, one.text])).to.deep.equal([
      [true, 'in:/aws/lambda/pay', 'boom'],
      [false, 'in:in', 'plain line'],
    ]);
  });

  it('takes OTLP in JSON and protobuf, and the number of a severity before its text', async () => {
    const { send, take } = await listen();
    const json = {
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] },
          scopeLogs: [
            {
              scope: { name: 'http' },
              logRecords: [{ timeUnixNano: nanos, severityNumber: 17, severityText: 'Fehler', body: { stringValue: 'disk full' } }],
            },
          ],
        },
      ],
    };
    expect(await send('/v1/logs', JSON.stringify(json), { 'content-type': 'application/json' })).to.deep.equal({ status: 200, body: {} });
    const value = (string: string) => message((writer) => text(writer, 1, string));
    const pair = (key: string, string: string) =>
      message((writer) => {
        text(writer, 1, key);
        field(writer, 2, value(string));
      });
    const record = message((writer) => {
      writer.tag(1, WireType.Bit64).fixed64(nanos);
      writer.tag(2, WireType.Varint).int32(9);
      field(writer, 5, value('started'));
      field(writer, 6, pair('k', 'v'));
      field(writer, 9, new Uint8Array([171, 205]));
    });
    const scope = message((writer) => field(writer, 2, record));
    const resource = message((writer) => field(writer, 1, pair('service.name', 'pay')));
    const body = message((writer) =>
      field(
        writer,
        1,
        message((logs) => {
          field(logs, 1, resource);
          field(logs, 2, scope);
        }),
      ),
    );
    expect(await send('/v1/logs', body, { 'content-type': 'application/x-protobuf' })).to.deep.equal({ status: 200, body: null });
    const [first, second] = await take(2);
    expect(brief(first!)).to.deep.equal(['03:10:00.000', 'in:cart', 'disk full', 'ERROR']);
    expect(first!.metadata).to.include({ severity_text: 'Fehler', scope: 'http' });
    expect(brief(second!)).to.deep.equal(['03:10:00.000', 'in:pay', 'started', 'INFO']);
    expect(second!.metadata).to.include({ k: 'v', trace_id: 'abcd' });
  });

  it('takes CloudEvents, structured and with attributes in headers', async () => {
    const { send, take } = await listen();
    const event = {
      specversion: '1.0',
      id: 'c1',
      source: '/shop',
      type: 'order.failed',
      time: '2030-03-14T03:09:00Z',
      data: { message: 'declined' },
    };
    expect((await send('/', JSON.stringify([event]), { 'content-type': 'application/cloudevents-batch+json' })).status).to.equal(204);
    const { data, ...attributes } = event;
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]));
    await send('/', JSON.stringify(data), { ...headers, 'ce-id': 'c2', 'content-type': 'application/json' });
    const found = await take(2);
    expect(found.map((one) => one.text)).to.deep.equal(['order.failed: declined', 'order.failed: declined']);
  });

  it('answers 404 where no protocol has the path, and 400 to a body that is none of it', async () => {
    const { send } = await listen();
    expect((await send('/nowhere', '{}')).status).to.equal(404);
    for (const [path, body, headers] of [
      ['/loki/api/v1/push', '{"streams":[{"values":[["soon","x"]]}]}', {}],
      ['/loki/api/v1/push', 'xx', { 'content-type': 'application/x-protobuf' }],
      ['/_bulk', '{"message":"no action"}\n', {}],
      ['/services/collector', '{"time":1}', {}],
      ['/v1/logs', '{}', {}],
      ['/v1/logs', '\n\u00ff', { 'content-type': 'application/x-protobuf' }],
    ] as const)
      expect((await send(path, body, headers)).status, path).to.equal(400);
  });

  it('fails on no bytes otherwise than by refusing them', () => {
    const requests = ['/loki/api/v1/push', '/_bulk', '/services/collector/event', '/v1/logs'].flatMap((path) =>
      ['application/json', 'application/x-protobuf'].map((type) => ({
        method: 'POST',
        path,
        query: new URLSearchParams(),
        headers: { 'content-type': type },
      })),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...requests), (bytes, request) => {
        try {
          protocols.find((one) => one.matches(request))!.decode(Buffer.from(bytes), request);
        } catch (error) {
          expect(error).to.be.instanceOf(SyntaxError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('splitDocuments', () => {
  it('gives back documents that were put one after the other, whatever stands between them', () => {
    fc.assert(
      fc.property(fc.array(fc.object()), fc.constantFrom('', ' ', '\n', '\r\n\t'), (documents, between) => {
        const texts = documents.map((document) => JSON.stringify(document));
        expect(splitDocuments(texts.join(between))).to.deep.equal(texts);
      }),
    );
  });

  it('keeps what is no whole document for its parser to refuse', () => {
    expect(splitDocuments('{"a":1}{"b":')).to.deep.equal(['{"a":1}', '{"b":']);
    expect(splitDocuments('  ')).to.deep.equal([]);
  });
});
