import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { makeEvents } from './makeEvents.ts';
import { seeded } from './seeded.ts';

export interface CrashPlan {
  /** The program, one file. */
  program: string;
  /** An empty folder to work in. */
  folder: string;
  events: number;
  /** Events between checkpoints. */
  every: number;
  /** Kills that there have to be, at least. */
  kills: number;
  seed: number;
  /** When the folder sink forces its files to disk. SIGKILL loses nothing either way; with fsync there is more to hit. */
  fsync: 'checkpoint' | 'never';
  /** Threads of the runs that are killed; the one that is left alone has none. */
  workers?: number;
}

export interface CrashOutcome {
  kills: number;
  /** Of them, those before the first thing the process did was saved. */
  withoutProgress: number;
  seconds: number;
  referenceSeconds: number;
  lost: number;
  duplicated: number;
  /** Whether each of the outputs has the bytes of the run that was left alone. */
  same: Record<string, boolean>;
}

/** A stateful pipeline from the events in a folder to two kinds of file sink. */
export const buildPipeline = ({ folder, every, fsync }: Pick<CrashPlan, 'folder' | 'every' | 'fsync'>): string => `name: crash
checkpoint: { events: ${every}, every: 1h }
sources: { in: { file: { path: "${join(folder, 'in.ndjson')}", format: ndjson } } }
operators:
  - normalize: {}
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: { top: 8 }
sinks:
  out: { ndjson: { path: "\${config.data_dir}/out/radar.ndjson", select: [event, blip, radar] } }
  events: { folder: { fsync: ${fsync} } }
`;

const start = ({ program, folder, workers }: CrashPlan, dataDir: string): ChildProcess =>
  spawn(
    process.execPath,
    [program, 'run', join(folder, 'p.yaml'), '--quiet', '--data-dir', dataDir, ...(workers ? ['--workers', `${workers}`] : [])],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, HOME: folder },
    },
  );

/** Resolves with the exit code, or the name of the signal that ended it. */
function ended(child: ChildProcess): Promise<number | string> {
  let said = '';
  child.stderr!.on('data', (data: Buffer) => (said = `${said}${data.toString()}`.slice(-2000)));
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) =>
      code === null || code === 0 ? resolve(code ?? String(signal)) : reject(new Error(`exit ${code}: ${said}`)),
    );
  });
}

/** Records of the newest checkpoint; 0 before the first. */
function saved(dataDir: string): number {
  const state = join(dataDir, 'state', 'crash');
  const newest = existsSync(state)
    ? readdirSync(state)
        .filter((name) => /^checkpoint-\d+\.json$/.test(name))
        .toSorted()
        .at(-1)
    : undefined;
  if (newest === undefined) return 0;
  const head = JSON.parse(readFileSync(join(state, newest), 'utf8').split('\n')[1]!) as { content: { sources: { read: number }[] } };
  return head.content.sources[0]!.read;
}

/** Bytes of the one output that only grows until it is cut after a crash. */
const written = (dataDir: string): number => statSync(join(dataDir, 'out', 'radar.ndjson'), { throwIfNoEntry: false })?.size ?? 0;

/** Whether a process holds the lock of its state; what it does before writes nothing. */
function holdsLock(child: ChildProcess, dataDir: string): boolean {
  const lock = join(dataDir, 'state', 'crash', 'lock');
  try {
    return existsSync(lock) && readFileSync(lock, 'utf8').includes(`"pid":${child.pid},`);
  } catch {
    // The lock of the process before was removed in between.
    return false;
  }
}

/** When to kill: once so many bytes more than before are written, and so many milliseconds after that. */
interface Moment {
  bytes: number;
  later: number;
}

/**
 * Some moments lie in the beginning, where a process restores what there was; most anywhere in its work. They go by what
 * is written and not by time, since what gets done in a time depends on the machine, and leave room for the kills to come.
 */
function moment(random: () => number, remaining: number, left: number): Moment {
  if (random() < 0.2) return { bytes: 0, later: 100 * random() };
  return { bytes: Math.min(0.9 * remaining, (1.7 * random() * remaining) / left), later: 20 * random() };
}

/** Lets a process work until that moment and kills it. */
async function kill(child: ChildProcess, dataDir: string, { bytes, later }: Moment): Promise<void> {
  const runs = () => child.exitCode === null;
  while (runs() && !holdsLock(child, dataDir)) await wait(2);
  // What the process before had written is cut to its checkpoint first, so that each gets further than the last.
  const before = written(dataDir);
  while (runs() && written(dataDir) < before + bytes) await wait(2);
  await wait(later);
  child.kill('SIGKILL');
}

/** Kills a run again and again until it comes to its end, and compares what it wrote with a run that was left alone. */
export async function crash(plan: CrashPlan): Promise<CrashOutcome> {
  const { folder, events, kills: wanted } = plan;
  const random = seeded(plan.seed);
  mkdirSync(folder, { recursive: true });
  await makeEvents(join(folder, 'in.ndjson'), events);
  writeFileSync(join(folder, 'p.yaml'), buildPipeline(plan));
  const reference = join(folder, 'whole');
  const referenceBegan = performance.now();
  await ended(start({ ...plan, workers: 0 }, reference));
  const began = performance.now();
  const dataDir = join(folder, 'killed');
  let kills = 0;
  let withoutProgress = 0;
  for (;;) {
    const before = saved(dataDir);
    const child = start(plan, dataDir);
    const left = wanted - kills;
    const [outcome] = await Promise.all([
      ended(child),
      left > 0 ? kill(child, dataDir, moment(random, written(reference) - written(dataDir), left)) : null,
    ]);
    if (outcome === 0 && kills >= wanted) break;
    if (outcome === 0) {
      // It got away: with too few kills nothing was shown.
      rmSync(dataDir, { recursive: true });
      kills = withoutProgress = 0;
      continue;
    }
    kills += 1;
    if (saved(dataDir) === before) withoutProgress += 1;
  }
  const seconds = (performance.now() - began) / 1000;
  return {
    kills,
    withoutProgress,
    seconds,
    referenceSeconds: (began - referenceBegan) / 1000,
    ...(await compared(dataDir, reference, events)),
  };
}

/** What the outputs of two data folders have to tell: of all events each is there once, and all bytes are the same. */
export async function compared(
  dataDir: string,
  reference: string,
  events: number,
): Promise<Pick<CrashOutcome, 'lost' | 'duplicated' | 'same'>> {
  const seen = new Set<string>();
  let found = 0;
  for await (const line of createInterface({ input: createReadStream(join(dataDir, 'out', 'radar.ndjson')) })) {
    if (line.startsWith('{"kind":')) continue;
    found += 1;
    seen.add((JSON.parse(line) as { id: string }).id);
  }
  const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  const names = readdirSync(join(dataDir, 'events')).toSorted();
  const wholeNames = readdirSync(join(reference, 'events')).toSorted();
  const sameFolder =
    names.length === wholeNames.length &&
    names.every((name, i) => name === wholeNames[i] && hash(join(dataDir, 'events', name)) === hash(join(reference, 'events', name)));
  return {
    lost: events - seen.size,
    duplicated: found - seen.size,
    same: {
      'radar.ndjson': hash(join(dataDir, 'out', 'radar.ndjson')) === hash(join(reference, 'out', 'radar.ndjson')),
      'events/': sameFolder,
    },
  };
}
