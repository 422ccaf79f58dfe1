import { spawn } from 'node:child_process';
import { createWriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { GraphAnswer } from '../../../src/web/client.ts';
import { eventLine } from '../makeEvents.ts';
import { cpuSeconds, findAddress, median, readStream, residentMiB, type Taken } from './watchedRun.ts';

interface LongWatch {
  program: string;
  folder: string;
  minutes: number;
  readers: number;
}

/** Events that lie ready ahead of what the run has read, and how many are written at once. */
const ahead = 400_000;
const atOnce = 5_000;
/** What a phase begins with and is not counted, milliseconds; and what the run does first, events: until then its code is not warm. */
const settling = 5_000;
const warm = 200_000;

interface Phase {
  events: number;
  cpu: number;
  seconds: number;
  /** Resident memory of the run, sampled, MiB. */
  rss: number[];
}

/**
 * One run at full speed over a file that grows ahead of it: alone, with readers for so many minutes, and alone again, each of
 * the latter for a fifth of that. Its pace with them against the mean of before and after, so that what a longer run costs of
 * itself falls on both; and its memory in the first and the last tenth with them. Resolves to lines to be printed.
 */
export async function watchLong({ program, folder, minutes, readers }: LongWatch): Promise<string[]> {
  const events = join(folder, 'growing.ndjson');
  const pipeline = join(folder, 'long.yaml');
  writeFileSync(events, '');
  writeFileSync(pipeline, describe(folder, events));
  const child = spawn(
    process.execPath,
    [program, 'run', pipeline, '--fresh', '--data-dir', join(folder, 'data'), '--http', '127.0.0.1:0'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const over = once(child, 'exit');
  const pid = child.pid!;
  const feed = startFeed(events);
  try {
    const address = await findAddress(child);
    const read = () => readCount(address);
    const filling = feed.fill(read);
    const phase = (ms: number) => watchPhase(pid, ms, read);
    const taken: Taken = { bytes: 0, boards: 0 };
    while ((await read()) < warm) await wait(1_000);
    const before = await phase(minutes * 12_000);
    const leave = Array.from({ length: readers }, (_, i) => readStream(address, i === 0, taken));
    const beside = await phase(minutes * 60_000);
    for (const one of leave) one();
    const after = await phase(minutes * 12_000);
    feed.stop();
    await filling;
    return report({ before, beside, after, taken, readers });
  } finally {
    feed.stop();
    child.kill('SIGTERM');
    await over;
  }
}

const describe = (folder: string, events: string): string => `name: bench-web-long
sources:
  in: { file: { path: ${events}, follow: true } }
operators:
  - normalize: {}
  - group_by: { key: group_id }
  - memory: { window: 5s }
  - rank: { top: 20 }
sinks:
  out: { ndjson: { path: ${join(folder, 'long-out.ndjson')}, select: [radar] } }
`;

/** How many records the run has read so far. */
async function readCount(address: string): Promise<number> {
  // A connection each: one that is kept may be closed by the run just when it is used again.
  const text = await new Promise<string>((resolve, reject) => {
    const asked = get(`${address}api/graph`, { agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (body += chunk));
      answer.on('end', () => resolve(body));
      answer.on('error', reject);
    });
    asked.on('error', reject);
  });
  const { parts } = JSON.parse(text) as GraphAnswer;
  return parts.find(({ type }) => type === 'source')?.out ?? 0;
}

/** What writes events into a file, ahead of who reads it. */
function startFeed(path: string): { fill(read: () => Promise<number>): Promise<void>; stop(): void } {
  let stopped = false;
  return {
    stop: () => void (stopped = true),
    async fill(read) {
      const out = createWriteStream(path, { flags: 'a' });
      for (let written = 0; !stopped;) {
        while (written - (await read()) > ahead && !stopped) await wait(200);
        // Many for one look at how far it is.
        for (const end = written + ahead / 4; written < end && !stopped; written += atOnce) {
          const lines = Array.from({ length: atOnce }, (_, i) => eventLine(written + i));
          if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
          // Readers are in this process, too.
          await wait(1);
        }
      }
      out.end();
      await once(out, 'finish');
    },
  };
}

async function watchPhase(pid: number, ms: number, read: () => Promise<number>): Promise<Phase> {
  await wait(settling);
  const look = async () => ({ events: await read(), cpu: cpuSeconds(pid), at: performance.now() });
  const first = await look();
  const rss: number[] = [];
  while (performance.now() - first.at < ms) {
    await wait(Math.min(500, ms));
    const now = residentMiB(pid);
    if (now !== null) rss.push(now);
  }
  const last = await look();
  return { events: last.events - first.events, cpu: last.cpu - first.cpu, seconds: (last.at - first.at) / 1000, rss };
}

interface Watched {
  before: Phase;
  beside: Phase;
  after: Phase;
  taken: Taken;
  readers: number;
}

function report({ before, beside, after, taken, readers }: Watched): string[] {
  const pace = ({ events, cpu, seconds }: Phase) => ({ cpu: events / cpu, wall: events / seconds });
  const alone = [pace(before), pace(after)];
  const ratio = (by: 'cpu' | 'wall') => (pace(beside)[by] / ((alone[0]![by] + alone[1]![by]) / 2)).toFixed(3);
  const paces = (by: 'cpu' | 'wall') => [before, beside, after].map((one) => Math.round(pace(one)[by]).toLocaleString('en-US')).join(', ');
  const tenth = Math.max(1, Math.floor(beside.rss.length / 10));
  const [start, end] = [median(beside.rss.slice(0, tenth)), median(beside.rss.slice(-tenth))];
  return [
    `${(beside.seconds / 60).toFixed(1)} minutes with ${readers} readers of which one never read: ${beside.events.toLocaleString('en-US')} events, ${(taken.bytes / 2 ** 20).toFixed(1)} MiB and ${taken.boards} boards sent`,
    `pace     by processor time ${ratio('cpu')}, by the clock ${ratio('wall')}; bar .95`,
    `         events a second of processor time before, with and after them: ${paces('cpu')}; by the clock: ${paces('wall')}`,
    `memory   ${Math.round(start)} MiB in the first tenth, ${Math.round(end)} in the last (x${(end / start).toFixed(2)}), ${Math.round(Math.max(...beside.rss))} at most; ${Math.round(median(before.rss))} before them, ${Math.round(median(after.rss))} after`,
  ];
}
