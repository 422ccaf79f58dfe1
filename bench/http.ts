/**
 * Requests a second at the http listener, with a sink that is slower than they come: `npm run bench:http -- [requests a
 * second] [seconds] [milliseconds a record of the sink]`. At the end the process is killed and started again: whatever was
 * answered with 2xx has to be there. Prints answers, latency and the resident memory of the process.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const [rate = 1000, seconds = 10, delay = 5] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'caducus-http-'));
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const memory: number[] = [];

function start(slowness: number) {
  const child = spawn(
    process.execPath,
    ['--import=tsx', new URL('./support/httpWorker.ts', import.meta.url).pathname, folder, String(slowness)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const port = new Promise<number>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { port?: number; rss?: number };
      if (said.port !== undefined) resolve(said.port);
      if (said.rss !== undefined) memory.push(said.rss);
    });
  });
  return { child, port };
}

const statuses = new Map<number | string, number>();
const latencies: number[] = [];
const acknowledged = new Set<string>();

/** Sends one record; remembers its name when it was answered with 2xx. */
function send(port: number, name: string): Promise<void> {
  const began = performance.now();
  const body = JSON.stringify({ timestamp: new Date().toISOString(), text: name, level: 'info', service: 'orders' });
  return new Promise((resolve) => {
    const note = (status: number | string) => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      latencies.push(performance.now() - began);
      if (typeof status === 'number' && status >= 200 && status < 300) acknowledged.add(name);
      resolve();
    };
    const sent = request(
      { port, host: '127.0.0.1', method: 'POST', agent, headers: { 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        answer.resume();
        answer.once('end', () => note(answer.statusCode ?? 0));
      },
    );
    sent.once('error', (error) => note(error.message));
    sent.end(body);
  });
}

const seen = () => new Set(existsSync(join(folder, 'seen.txt')) ? readFileSync(join(folder, 'seen.txt'), 'utf8').split('\n') : []);
const percentile = (share: number) =>
  latencies.toSorted((a, b) => a - b)[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!.toFixed(1);

try {
  const first = start(delay);
  const port = await first.port;
  await wait(500);
  const before = memory.at(-1) ?? 0;
  const began = performance.now();
  const pending: Promise<void>[] = [];
  // What is due by now is sent, so that a late timer does not lower the rate.
  for (let sent = 0; sent < rate * seconds; await wait(5)) {
    const due = Math.min(rate * seconds, Math.floor(((performance.now() - began) / 1000) * rate));
    for (; sent < due; sent += 1) pending.push(send(port, `record-${sent}`));
  }
  await Promise.all(pending);
  const took = (performance.now() - began) / 1000;
  const atKill = seen();
  first.child.kill('SIGKILL');
  const second = start(0);
  await second.port;
  const missing = () => {
    const now = seen();
    return [...acknowledged].filter((name) => !now.has(name)).length;
  };
  for (let waited = 0; missing() > 0 && waited < 60; waited += 1) await wait(500);
  second.child.kill('SIGKILL');
  const mib = (bytes: number) => Math.round(bytes / 2 ** 20);
  console.log(
    `${rate * seconds} requests in ${took.toFixed(1)} s (${Math.round((rate * seconds) / took)}/s); sink takes ${delay} ms a record`,
  );
  console.log(`answers            ${[...statuses].map(([status, n]) => `${status}: ${n}`).join(', ')}`);
  console.log(`latency, ms        median ${percentile(0.5)}, p99 ${percentile(0.99)}`);
  console.log(
    `at the kill        ${acknowledged.size} acknowledged, ${[...acknowledged].filter((name) => atKill.has(name)).length} had reached the sink`,
  );
  console.log(`after the restart  ${missing()} acknowledged records missing`);
  console.log(`resident memory    ${mib(before)} MiB before, ${mib(Math.max(...memory))} MiB at most`);
  if (missing() > 0) process.exitCode = 1;
} finally {
  agent.destroy();
  rmSync(folder, { recursive: true, force: true });
}
