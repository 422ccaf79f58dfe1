// One file, because one listener, opened as a run opens it, serves every sender.
import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectSecure } from 'node:tls';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { CaducusError } from '../../src/errors.ts';
import type { Event, Json } from '../../src/event.ts';
import { openSyslog, syslog } from '../../src/sources/syslog.ts';
import type { SourceBatch } from '../../src/sources/source.ts';
import { syslogOptions } from '../../src/sources/syslog/options.ts';
import { snsCertificate, snsKey } from '../support/servers/snsCertificate.ts';
import { virtualIo } from '../support/virtualIo.ts';

const run = promisify(execFile);
const start = Date.UTC(2030, 2, 14, 3, 10);
const stamp = '2030-03-14T03:09:15.003Z';
const line = (text: string) => `<11>1 ${stamp} web1 app 42 - - ${text}`;

const texts = (batches: readonly SourceBatch[]): string[] =>
  batches
    .flatMap(({ records }) => records)
    .map((record) =>
      record.kind === 'event' ? record.event.text : record.kind === 'rejected' ? `! ${record.rejected.reason}` : record.kind,
    );
const events = (batches: readonly SourceBatch[]): Event[] =>
  batches.flatMap(({ records }) => records).flatMap((record) => (record.kind === 'event' ? [record.event] : []));

describe('syslog', () => {
  let stateDir: string;
  let stops: (() => Promise<void>)[];
  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'caducus-syslog-'));
    stops = [];
  });
  afterEach(async () => {
    for (const stop of stops) await stop();
    await rm(stateDir, { recursive: true });
  });

  /** A listener on free ports, and its batches. */
  async function listen(options: Record<string, unknown> = {}, from: Json | null = null) {
    const io = virtualIo({ start, auto: false });
    const abort = new AbortController();
    let listening: (ports: { udp?: number; tcp?: number }) => void = () => {};
    const opened = new Promise<{ udp?: number; tcp?: number }>((resolve) => (listening = resolve));
    const parsed = syslogOptions.parse({ listen: '127.0.0.1:0', ...options });
    const source = openSyslog(parsed, { io, id: 'net', from, signal: abort.signal, stateDir }, (ports) => listening(ports));
    const iterator = source.batches[Symbol.asyncIterator]();
    let pulled: Promise<IteratorResult<SourceBatch>> | null = iterator.next();
    const ports = await Promise.race([opened, pulled.then(() => opened)]);
    const stop = async () => {
      abort.abort();
      await source.close();
    };
    stops.push(stop);
    const take = async (count: number) => {
      const batches: SourceBatch[] = [];
      while (batches.reduce((sum, { records }) => sum + records.length, 0) < count) {
        const { value } = await (pulled ?? iterator.next());
        pulled = null;
        batches.push(value as SourceBatch);
      }
      return batches;
    };
    return { ports, take, stop };
  }

  const dial = async (port: number): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return socket;
  };

  it('takes messages over TCP, framed either way', async () => {
    const { ports, take } = await listen();
    const socket = await dial(ports.tcp!);
    const counted = line('two\nlines');
    socket.write(`${line('one')}\n${counted.length} ${counted}`);
    const batches = await take(2);
    expect(texts(batches)).to.deep.equal(['one', 'two\nlines']);
    expect(events(batches)[0]).to.deep.include({ timestamp: stamp, source: 'net', group_id: 'net:app' });
    socket.destroy();
  });

  it('takes messages over UDP', async () => {
    const { ports, take } = await listen();
    const socket = createSocket('udp4');
    for (const text of ['one', 'two']) socket.send(line(text), ports.udp!, '127.0.0.1');
    expect(texts(await take(2)).toSorted()).to.deep.equal(['one', 'two']);
    socket.close();
  });

  it('takes messages over TLS, and none over UDP then', async () => {
    const files = { certFile: join(stateDir, 'cert.pem'), keyFile: join(stateDir, 'key.pem') };
    await writeFile(files.certFile, snsCertificate);
    await writeFile(files.keyFile, snsKey);
    const { ports, take } = await listen({ tls: files });
    expect(ports.udp).to.equal(undefined);
    const socket = connectSecure({ port: ports.tcp!, host: '127.0.0.1', rejectUnauthorized: false });
    socket.write(`${line('sealed')}\n`);
    expect(texts(await take(1))).to.deep.equal(['sealed']);
    socket.destroy();
  });

  it('turns away a sender without a certificate of the authority, and says so', async () => {
    const files = { certFile: join(stateDir, 'cert.pem'), keyFile: join(stateDir, 'key.pem'), caFile: join(stateDir, 'cert.pem') };
    await writeFile(files.certFile, snsCertificate);
    await writeFile(files.keyFile, snsKey);
    const { ports, take } = await listen({ tls: files });
    const socket = connectSecure({ port: ports.tcp!, host: '127.0.0.1', rejectUnauthorized: false });
    socket.on('error', () => undefined);
    const [said] = texts(await take(1));
    expect(said).to.match(/^! a connection of .* was refused: /);
    socket.destroy();
  });

  it('takes what senders have sent before it stops, and reads it at the next start', async () => {
    const first = await listen();
    const socket = await dial(first.ports.tcp!);
    const many = Array.from({ length: 2000 }, (_, i) => line(`message ${i}`));
    socket.write(`${many.join('\n')}\n`);
    const [batch] = await first.take(1);
    await first.stop();
    const second = await listen({}, batch!.position);
    const rest = await second.take(2000 - batch!.records.length);
    expect(texts([batch!, ...rest])).to.deep.equal(many.map((_, i) => `message ${i}`));
    expect(new Set(events([batch!, ...rest]).map(({ id }) => id)).size).to.equal(2000);
  });

  it('names two equal messages as two, over a restart too', async () => {
    const first = await listen();
    (await dial(first.ports.tcp!)).end(`${line('again')}\n${line('again')}\n`);
    const before = await first.take(2);
    await first.stop();
    const second = await listen({}, before.at(-1)!.position);
    (await dial(second.ports.tcp!)).end(`${line('again')}\n`);
    const ids = events([...before, ...(await second.take(1))]).map(({ id }) => id);
    expect(new Set(ids).size).to.equal(3);
  });

  it('rejects a message that is too long with its beginning, and goes on', async () => {
    const { ports, take } = await listen({ maxMessage: '1KiB' });
    (await dial(ports.tcp!)).end(`${line('x'.repeat(2000))}\n${line('next')}\n`);
    const [rejected, next] = texts(await take(2));
    expect(rejected).to.match(/^! a message of \d+ bytes is longer than the limit of 1024 \(max_message\), from 127\.0\.0\.1$/);
    expect(next).to.equal('next');
  });

  it('takes nothing from an address that may not send', async () => {
    const { ports } = await listen({ allow: ['10.0.0.0/8', '::1'] });
    const socket = await dial(ports.tcp!);
    await new Promise((resolve) => socket.once('close', resolve));
  });

  it('is not opened to a network where anybody may send', async () => {
    const error = await listen({ listen: '0.0.0.0:0' }).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(CaducusError).and.to.deep.include({ code: 'CAD071' });
  });

  it('says when the address is taken, where a check says when it is free', async () => {
    const { ports } = await listen({ protocols: ['tcp'] });
    const context = { io: virtualIo({ start }), id: 'net', from: null, signal: new AbortController().signal };
    const taken = syslogOptions.parse({ listen: `127.0.0.1:${ports.tcp}` });
    const error = await syslog.spec.probe!(taken, context).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(CaducusError).and.to.deep.include({ code: 'CAD070' });
    expect(await syslog.spec.probe!(syslogOptions.parse({ listen: '127.0.0.1:0' }), context)).to.match(/^port \d+ is free$/);
  });

  it('understands logger of util-linux, over UDP and TCP', async function () {
    if (!existsSync('/usr/bin/logger')) this.skip();
    const { ports, take } = await listen();
    for (const [protocol, port] of [
      ['--udp', ports.udp],
      ['--tcp', ports.tcp],
    ] as const) {
      for (const rfc of ['--rfc5424', '--rfc3164'])
        await run('/usr/bin/logger', [
          '-n',
          '127.0.0.1',
          '-P',
          String(port),
          protocol,
          rfc,
          '-p',
          'user.err',
          '-t',
          'orders',
          'payment refused',
        ]);
    }
    for (const event of events(await take(4))) {
      expect(event).to.deep.include({ group_id: 'net:orders', text: 'payment refused' });
      expect(event.metadata['level']).to.match(/^err/);
    }
  });
});
