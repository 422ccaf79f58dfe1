import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import { nodeIo } from '../../../src/io.ts';
import type { SourceBatch } from '../../../src/sources/source.ts';
import { openSyslog } from '../../../src/sources/syslog.ts';
import { syslogOptions } from '../../../src/sources/syslog/options.ts';

const daemon = '/usr/sbin/rsyslogd';
const many = 4_000;
const lines = Array.from({ length: many }, (_, i) => `order ${i} shipped`);

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

describe('syslog from a real rsyslogd', function () {
  this.timeout(60_000);
  let folder: string;
  let forwarder: ChildProcess | null;
  before(function () {
    if (!existsSync(daemon)) this.skip();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caducus-rsyslog-'));
    forwarder = null;
  });
  afterEach(async () => {
    if (forwarder?.exitCode === null) {
      const ended = new Promise((resolve) => forwarder!.once('exit', resolve));
      forwarder.kill('SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true });
  });

  /** An rsyslogd that takes from a socket file what `logger` writes, and forwards it. */
  async function forward(port: number, protocol: 'udp' | 'tcp'): Promise<string> {
    const socket = join(folder, 'log');
    const config = join(folder, 'rsyslog.conf');
    await writeFile(
      config,
      `global(workDirectory="${folder}")
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="${socket}" RateLimit.Interval="0")
action(type="omfwd" target="127.0.0.1" port="${port}" protocol="${protocol}" action.resumeRetryCount="-1" action.resumeInterval="1"
  queue.type="LinkedList" queue.size="100000" ${protocol === 'tcp' ? 'TCP_Framing="octet-counted"' : ''})
`,
    );
    forwarder = spawn(daemon, ['-n', '-f', config, '-i', join(folder, 'pid')], { stdio: 'ignore' });
    const io = nodeIo();
    while (!existsSync(socket)) await io.sleep(20);
    return socket;
  }

  const write = (socket: string, some: readonly string[]) =>
    spawnSync('/usr/bin/logger', ['-u', socket, '-t', 'orders', '-p', 'user.notice', '--socket-errors=on'], { input: some.join('\n') });

  /** A listener, and what it has given. */
  async function listen(port: number, from: Json | null = null) {
    const abort = new AbortController();
    let listening = () => {};
    const opened = new Promise<void>((resolve) => (listening = resolve));
    const options = syslogOptions.parse({ listen: `127.0.0.1:${port}` });
    const source = openSyslog(options, { io: nodeIo(), id: 'net', from, signal: abort.signal, stateDir: folder }, () => listening());
    const iterator = source.batches[Symbol.asyncIterator]();
    let first: Promise<IteratorResult<SourceBatch>> | null = iterator.next();
    await Promise.race([opened, first]);
    const found: string[] = [];
    let position = from;
    const take = async (count: number) => {
      while (found.length < count) {
        const { value, done } = await (first ?? iterator.next());
        first = null;
        if (done) break;
        position = value.position;
        for (const record of value.records) if (record.kind === 'event') found.push(record.event.text);
      }
    };
    const stop = async () => {
      abort.abort();
      await source.close();
    };
    return { take, stop, found, at: () => position };
  }

  it('4,000 lines over TCP come in order, and none is lost over a restart', async () => {
    const port = await freePort();
    const first = await listen(port);
    const socket = await forward(port, 'tcp');
    write(socket, lines.slice(0, many / 2));
    await first.take(100);
    await first.stop();
    write(socket, lines.slice(many / 2));
    const second = await listen(port, first.at());
    await second.take(many - first.found.length);
    await second.stop();
    expect([...first.found, ...second.found]).to.deep.equal(lines);
  });

  it('4,000 lines over UDP come as they were sent', async () => {
    const port = await freePort();
    const listener = await listen(port);
    const socket = await forward(port, 'udp');
    // In parts, so that what comes is bounded by the sender and not by the buffer of the kernel.
    for (let from = 0; from < many; from += 500) {
      write(socket, lines.slice(from, from + 500));
      await listener.take(from + 500);
    }
    await listener.stop();
    expect(listener.found.toSorted()).to.deep.equal(lines.toSorted());
  });
});
