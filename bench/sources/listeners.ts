/**
 * What the listeners take on one core, through the radar: `npm run bench:listeners -- [records]`. Starts
 * `caducus run` with OTLP in protobuf over HTTP, then with syslog over TCP, sends as fast as it takes, and divides what came
 * by the processor time of that process, which other work on the machine changes little. The bar: 50 MB/s of OTLP, or 50,000
 * lines of syslog a second.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { encodeLogs } from '../../src/sinks/otlp/encodeLogs.ts';
import { writeExport } from '../../src/sinks/otlp/logRecords.ts';

const records = Number(process.argv[2] ?? 400_000);
const perBody = 2_000;
const folder = mkdtempSync(join(tmpdir(), 'caducus-bench-listeners-'));
const start = Date.now();

const text = (n: number) =>
  n % 4001 === 0
    ? `payment of order ${n} failed: card declined by issuer ${n % 7}`
    : `GET /v1/orders/${n % 501}/items of user ${n % 97} took ${n % 31} ms`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Processor time of a process, milliseconds. */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Runs a radar with a source, sends to it, stops it; resolves to the processor time that it took, without its start. */
async function measure(name: string, source: string, port: number, send: () => Promise<number>): Promise<void> {
  const file = join(folder, `${name}.yaml`);
  const out = join(folder, `${name}.ndjson`);
  writeFileSync(
    file,
    `name: ${name}\nsources:\n  in: ${source}\noperators:\n  - group_by: { key: group_id }\n  - memory: { window: 1m }\n  - rank: {}\nsinks:\n  out: { ndjson: { path: "${out}", select: [radar] } }\n`,
  );
  const child = spawn(
    process.execPath,
    ['--import=tsx', resolve('src/cli/main.ts'), 'run', file, '--json', '--data-dir', join(folder, `data-${name}`)],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  let report = '';
  child.stdout.on('data', (bytes: Buffer) => void (report += bytes.toString()));
  const closed = once(child, 'close');
  while (!(await isOpen(port)));
  const [before, began] = [processorTime(child.pid!), performance.now()];
  const bytes = await send();
  // All is taken when it uses no more time.
  for (let last = -1, now = processorTime(child.pid!); now - last > 30; now = processorTime(child.pid!)) {
    last = now;
    await new Promise((wake) => setTimeout(wake, 500));
  }
  const [cpu, took] = [processorTime(child.pid!) - before, performance.now() - began];
  child.kill('SIGTERM');
  await closed;
  const accepted = /"accepted":\s*(\d+)/.exec(report)?.[1] ?? 'an unknown number';
  const each = (value: number) => (value / cpu) * 1000;
  console.log(
    `${name.padEnd(14)} ${records} records, ${(bytes / 1e6).toFixed(0)} MB, ${accepted} taken: ${(each(bytes) / 1e6).toFixed(1)} MB and ${Math.round(each(records))} records a second of processor time (${((cpu * 1000) / records).toFixed(1)} us each; ${(took / 1000).toFixed(1)} s by the clock, sender beside it)`,
  );
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (open: boolean) => {
      socket.destroy();
      setTimeout(() => resolve(open), open ? 0 : 50);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });

const bodies = Array.from({ length: Math.ceil(records / perBody) }, (_, body) => {
  const parcels = Array.from({ length: perBody }, (_, i) => {
    const n = body * perBody + i;
    const metadata = {
      level: n % 4001 === 0 ? 'ERROR' : 'INFO',
      'service.name': `s${n % 9}`,
      host: `web-${n % 9}`,
      trace: (n * 7919).toString(16),
    };
    return { id: `r${n}`, kind: 'event', time: start - 60_000 + Math.floor(n / 100), record: { text: text(n), metadata } };
  });
  return encodeLogs(writeExport(parcels, { pipeline: 'bench', now: start }));
});

const http = await freePort();
await measure(
  'otlp-protobuf',
  `{ http: { listen: "127.0.0.1:${http}", format: shippers, max_body: 4MiB, max_backlog: 2GiB } }`,
  http,
  async () => {
    const queue = [...bodies];
    const worker = async () => {
      for (let body = queue.shift(); body; body = queue.shift()) {
        const headers = { 'content-type': 'application/x-protobuf' };
        for (;;) {
          const { status } = await fetch(`http://127.0.0.1:${http}/v1/logs`, { method: 'POST', headers, body });
          if (status === 200) break;
          if (status !== 429 && status !== 503) throw new Error(`the listener answered ${status}`);
          await new Promise((wake) => setTimeout(wake, 100));
        }
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    return bodies.reduce((sum, { length }) => sum + length, 0);
  },
);

const tcp = await freePort();
await measure('syslog', `{ syslog: { listen: "127.0.0.1:${tcp}", protocols: [tcp] } }`, tcp, async () => {
  const socket = connect(tcp, '127.0.0.1');
  await once(socket, 'connect');
  let bytes = 0;
  for (let n = 0; n < records;) {
    let lines = '';
    for (const end = Math.min(records, n + 1_000); n < end; n += 1) {
      const at = new Date(start - 60_000 + Math.floor(n / 100)).toISOString();
      lines += `<${n % 4001 === 0 ? 131 : 134}>1 ${at} web-${n % 9} shop ${n % 97} - - ${text(n)}\n`;
    }
    bytes += lines.length;
    if (!socket.write(lines)) await once(socket, 'drain');
  }
  socket.end();
  await once(socket, 'close');
  return bytes;
});
rmSync(folder, { recursive: true });
