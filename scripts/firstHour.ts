/**
 * The way of somebody who has just heard of it, timed: `npm run first-hour`. A fresh clone of what is committed here,
 * `npm ci`, the radar of a log; then the tutorial, and its page sent to a webhook. Exits 1 when the first radar took longer
 * than a minute, or the machine's part of log to alert longer than ten. How long somebody reads is not in it. On a machine that
 * does other things besides, the processor time says more.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { usedProcessor } from '../test/support/runs/usedProcessor.ts';
import { outside, PageShell, readCommands } from '../test/support/docs/pageShell.ts';

const bars = { radar: 60, alert: 600 };
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|NODE_OPTIONS$)/i.test(name)));
const folder = mkdtempSync(join(tmpdir(), 'caducus-first-hour-'));
const clone = join(folder, 'clone');

/** Seconds that some work takes; printed beside its name, with the processor time of the programs it started. */
async function time(name: string, work: () => unknown): Promise<number> {
  const [began, used] = [performance.now(), usedProcessor().children];
  await work();
  const [seconds, processor] = [(performance.now() - began) / 1000, usedProcessor().children - used];
  console.log(`${seconds.toFixed(1).padStart(7)} s  ${name} (${processor.toFixed(1)} s of processor time)`);
  return seconds;
}

/** Where the tutorial sends to: what comes in is kept, every request is answered 200. */
async function openReceiver(): Promise<{ received: string[]; close(): void }> {
  const received: string[] = [];
  const server = createServer((socket) => {
    socket.on('data', (chunk) => {
      received.push(chunk.toString());
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    });
    socket.on('error', () => socket.destroy());
  }).listen(9099, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return { received, close: () => server.close() };
}

let shell: PageShell | null = null;
try {
  let warned = '';
  const cloned = await time('git clone', () =>
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${resolve('.')}`, clone], { stdio: 'inherit' }),
  );
  const installed = await time('npm ci', () => {
    const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: clone, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    warned = stderr.trim();
  });
  cpSync(join(clone, 'fixtures/requests.log'), join(clone, 'app.log'));
  const radar = await time('npx caducus radar app.log', () =>
    execFileSync('npx', ['caducus', 'radar', 'app.log'], { cwd: clone, env, stdio: ['ignore', 'ignore', 'inherit'] }),
  );
  const first = cloned + installed + radar;
  console.log(`${first.toFixed(1).padStart(7)} s  from clone to the first radar; the bar is ${bars.radar} s`);
  console.log(warned === '' ? '           npm ci warned of nothing' : `           npm ci warned: ${warned}`);

  shell = new PageShell(join(clone, 'dist/bin/caducus.js'));
  const { received, close } = await openReceiver();
  let cwd = shell.open('tutorial');
  const commands = readCommands(readFileSync('docs/tutorial.md', 'utf8')).filter(
    (command) => command.includes(' PAGE_URL=') || !outside.some(([pattern]) => pattern.test(command)),
  );
  const alert = await time(`the tutorial, ${commands.length} commands, to a message at a webhook`, async () => {
    for (const command of commands) ({ cwd } = await shell!.run(command, cwd));
  });
  close();
  const page = received.find((request) => /disk failure/i.test(request));
  console.log(page === undefined ? '           no message came' : `           it says: ${/"title":\s*("[^"]*")/.exec(page)?.[1] ?? page}`);
  if (first > bars.radar || alert > bars.alert || page === undefined || warned !== '') process.exitCode = 1;
} finally {
  shell?.close();
  rmSync(folder, { recursive: true, force: true });
}
