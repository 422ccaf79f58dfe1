import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, compressionAlgorithms, credentials, Metadata, status, type ChannelCredentials, type ServiceError } from '@grpc/grpc-js';
import { encodeLogs, nodeIo, readPartialSuccess, type Json, type OpenSource, type SourceBatch, type SourceContext } from 'caducus';
import { expect } from 'chai';
import { localCertificate, localKey } from '../../../test/support/servers/localCertificate.ts';
import { exportLogs } from '../src/logsService.ts';
import { listenOptions } from '../src/readOptions.ts';
import { readRetryInfo } from '../src/retryInfo.ts';
import { openGrpc, otlpGrpc } from '../src/source.ts';

const nanos = (ms: number) => `${ms}000000`;
const at = Date.UTC(2026, 2, 14, 3, 10);
const logs = (...texts: string[]) =>
  Buffer.from(
    encodeLogs({
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] },
          scopeLogs: [
            {
              scope: { name: 'http' },
              logRecords: texts.map((text) => ({ timeUnixNano: nanos(at), severityNumber: 17, body: { stringValue: text } })),
            },
          ],
        },
      ],
    }),
  );

describe('the source otlp-grpc', () => {
  let folder = '';
  const open: OpenSource[] = [];
  const clients: Client[] = [];
  const stops: AbortController[] = [];

  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'caducus-grpc-'))));
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    for (const stop of stops.splice(0)) stop.abort();
    for (const one of open.splice(0)) await one.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens it, and resolves with its port and its batches. */
  async function start(given: object = {}, { from = null, io = nodeIo() }: Partial<Pick<SourceContext, 'from' | 'io'>> = {}) {
    const stop = new AbortController();
    stops.push(stop);
    let heard!: (port: number) => void;
    const listening = new Promise<number>((resolve) => (heard = resolve));
    const options = listenOptions.parse({ listen: '127.0.0.1:0', ...given });
    const source = openGrpc(options, { io, id: 'in', from, signal: stop.signal, stateDir: folder }, heard);
    open.push(source);
    const iterator = source.batches[Symbol.asyncIterator]() as AsyncIterator<SourceBatch>;
    const first = iterator.next();
    let isFirst = true;
    const next = () => {
      if (!isFirst) return iterator.next();
      isFirst = false;
      return first;
    };
    const port = await Promise.race([listening, first.then(() => 0)]);
    return { port, next, source, stop };
  }
  function connect(port: number, channel: ChannelCredentials = credentials.createInsecure(), options: object = {}) {
    const client = new Client(`localhost:${port}`, channel, options);
    clients.push(client);
    return (body: Buffer, headers: Record<string, string> = {}) => {
      const metadata = new Metadata();
      for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
      return new Promise<{ response?: Buffer; error?: ServiceError }>((resolve) => {
        const { path, requestSerialize, responseDeserialize } = exportLogs;
        client.makeUnaryRequest(path, requestSerialize, responseDeserialize, body, metadata, (error, response) =>
          resolve(error ? { error } : { response: response! }),
        );
      });
    };
  }
  const events = ({ records }: SourceBatch) => records.flatMap((record) => (record.kind === 'event' ? [record.event] : []));

  it('takes an export, and answers when it is on disk', async () => {
    const { port, next } = await start();
    const { response } = await connect(port)(logs('disk full', 'again'));
    expect(response).to.have.length(0);
    const { value } = await next();
    expect(events(value).map(({ text }) => text)).to.deep.equal(['disk full', 'again']);
    expect(events(value)[0]).to.deep.include({ timestamp: '2026-03-14T03:10:00.000Z', group_id: 'in:cart' });
    expect(events(value)[0]!.metadata).to.include({ level: 'ERROR', scope: 'http' });
  });

  it('takes exports that are packed with gzip', async () => {
    const { port, next } = await start();
    const send = connect(port, credentials.createInsecure(), { 'grpc.default_compression_algorithm': compressionAlgorithms.gzip });
    expect((await send(logs('packed '.repeat(200)))).error).to.equal(undefined);
    expect(events((await next()).value)[0]!.text).to.equal('packed '.repeat(200).trimEnd());
  });

  it('gives again after a crash what no checkpoint held, and only that', async () => {
    const first = await start();
    const send = connect(first.port);
    await send(logs('a'));
    const { position } = (await first.next()).value;
    await send(logs('b'));
    first.stop.abort();
    await open.pop()!.close();
    const again = await start({}, { from: JSON.parse(JSON.stringify(position)) as Json });
    expect(events((await again.next()).value).map(({ text }) => text)).to.deep.equal(['b']);
  });

  it('says of how many records it could make nothing, and keeps them', async () => {
    const { port, next } = await start();
    const body = encodeLogs({
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                { timeUnixNano: nanos(at), body: { stringValue: 'good' } },
                // Of a canonical event, whose id is none.
                {
                  body: { stringValue: 'bad' },
                  attributes: [
                    { key: 'id', value: { stringValue: '' } },
                    { key: 'text', value: { stringValue: 'x' } },
                    { key: 'timestamp', value: { stringValue: 'never' } },
                    { key: 'source', value: { stringValue: 's' } },
                    { key: 'group_id', value: { stringValue: 'g' } },
                    { key: 'metadata', value: { kvlistValue: { values: [] } } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    const { response } = await connect(port)(Buffer.from(body));
    expect(readPartialSuccess(response!, false)).to.have.property('count', 1);
    const { records } = (await next()).value as SourceBatch;
    expect(records.map(({ kind }) => kind)).to.deep.equal(['event', 'rejected']);
  });

  it('refuses what is no export, and what is too large', async () => {
    const { port } = await start({ maxBody: '1KiB' });
    const send = connect(port);
    expect((await send(Buffer.from([0x0a, 0xff]))).error).to.include({ code: status.INVALID_ARGUMENT });
    expect((await send(logs('x'.repeat(2000)))).error).to.include({ code: status.RESOURCE_EXHAUSTED });
    expect((await send(logs('small'))).error).to.equal(undefined);
  });

  it('tells a sender to come back while too much waits, and when', async () => {
    const { port, next } = await start({ maxBacklog: '1B' });
    const send = connect(port);
    await send(logs('a'));
    expect(events((await next()).value)).to.have.length(1);
    // Nobody takes it.
    expect((await send(logs('b'))).error).to.equal(undefined);
    const { error } = await send(logs('c'));
    expect(error).to.include({ code: status.UNAVAILABLE, details: 'too much is waiting' });
    expect(readRetryInfo(error!.metadata)).to.equal(5_000);
    await next();
    const last = await send(logs('d'));
    expect(last.error).to.equal(undefined);
  });

  it('tells a sender to come back while too much is under way', async () => {
    const io = nodeIo();
    let isOpen!: () => void;
    const gate = new Promise<void>((resolve) => (isOpen = resolve));
    let waiting = 0;
    const files = {
      ...io.files,
      async open(...parameters: Parameters<typeof io.files.open>) {
        waiting += 1;
        await gate;
        return io.files.open(...parameters);
      },
    };
    const { port } = await start({ maxInFlight: '600B' }, { io: { ...io, files } });
    const send = connect(port);
    const held = send(logs('x'.repeat(300)));
    while (waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    const { error } = await send(logs('y'.repeat(400)));
    expect(error).to.include({ code: status.RESOURCE_EXHAUSTED, details: 'too much at once' });
    expect(readRetryInfo(error!.metadata)).to.equal(1_000);
    isOpen();
    expect((await held).error).to.equal(undefined);
  });

  it('tells a sender to come back when the disk takes nothing', async () => {
    const io = nodeIo();
    const files = { ...io.files, open: () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })) };
    const { port } = await start({}, { io: { ...io, files } });
    const { error } = await connect(port)(logs('a'));
    expect(error).to.include({ code: status.UNAVAILABLE });
    expect(readRetryInfo(error!.metadata)).to.equal(5_000);
  });

  it('takes only what proves itself by the token', async () => {
    const { port } = await start({ token: 'long-enough-token' });
    const send = connect(port);
    expect((await send(logs('a'))).error).to.include({ code: status.UNAUTHENTICATED });
    expect((await send(logs('a'), { authorization: 'Bearer wrong-token' })).error).to.include({ code: status.UNAUTHENTICATED });
    expect((await send(logs('a'), { authorization: 'Bearer long-enough-token' })).error).to.equal(undefined);
  });

  it('listens with TLS', async () => {
    const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
    writeFileSync(files.certFile, localCertificate);
    writeFileSync(files.keyFile, localKey);
    const { port, next } = await start({ tls: files });
    const send = connect(port, credentials.createSsl(Buffer.from(localCertificate)));
    expect((await send(logs('a'))).error).to.equal(undefined);
    expect(events((await next()).value)).to.have.length(1);
  });

  it('is not opened where anybody on the network could send, nor at an address that is taken', async () => {
    const fail = (given: object) =>
      start(given).then(
        () => '',
        (error: Error) => error.message,
      );
    expect(await fail({ listen: '0.0.0.0:0' })).to.include('CAD071');
    const { port } = await start();
    expect(await fail({ listen: `127.0.0.1:${port}` })).to.include('CAD070');
    expect(await fail({ tokenFile: join(folder, 'absent') })).to.include('CAD011');
  });

  it('says to validate that its port is free', async () => {
    const parsed = listenOptions.parse({ listen: '127.0.0.1:0' });
    const said = await otlpGrpc.spec.probe!(parsed, { io: nodeIo(), id: 'in', from: null, signal: new AbortController().signal });
    expect(said).to.match(/^port \d+ is free$/);
  });
});
