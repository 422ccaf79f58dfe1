import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EveningLog } from './eveningLog.ts';
import { eveningPager, named } from './eveningPager.ts';
import { seeded } from '../seeded.ts';

export interface EveningPlan {
  /** The program, one file. */
  program: string;
  /** An empty folder to work in. */
  folder: string;
  kills: number;
  seed: number;
}

/** What two runs over one log have left, one of them killed again and again. */
export interface EveningOutcome {
  kills: number;
  rotations: number;
  lines: number;
  seconds: number;
  /** Lines that are missing in a store of the killed run, and lines that are there more than once. */
  lost: number;
  doubled: number;
  /** Whether its events have the ids and texts of those of the run that was left alone. */
  sameEvents: boolean;
  troubles: number;
  /** Troubles that the messages of one run name and those of the other do not, or none does. */
  pagerDiffers: number;
  /** Messages under the key of another that said something else. */
  contradictions: number;
}

/** Lines a burst, and milliseconds between two. */
const [burst, between] = [6, 150];
/** How long nothing may move at all before a run counts as stuck, milliseconds: however slow the machine, what works moves. */
const patience = 180_000;

/** The pipeline of the evening: rules, episodes, segments, a file an event, and a pager. */
const eveningPipeline = (log: string, url: string): string => `name: evening
checkpoint: { events: 40, every: 1s }
sources: { app: { file: { path: "${log}", follow: true, idle: 1s } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 2s, early: 1s }
  - rank: {}
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
  - episodes: { window: 4s, group_wait: 1s }
sinks:
  store: { segments: {} }
  files: { folder: {} }
  pager: { webhook: { format: json, url: "${url}", per_minute: 600 } }
`;

class Evening {
  readonly #plan: EveningPlan;
  readonly #random: () => number;
  readonly data: string;
  readonly file: string;
  child: ChildProcess | null = null;
  #said = '';

  constructor(plan: EveningPlan, name: string, log: string, url: string, random: () => number) {
    this.#plan = plan;
    this.#random = random;
    this.data = join(plan.folder, name);
    this.file = join(plan.folder, `${name}.yaml`);
    writeFileSync(this.file, eveningPipeline(log, `${url}/${name}`));
  }

  start(): void {
    const { program, folder } = this.#plan;
    const args = [program, 'run', this.file, '--quiet', '--data-dir', this.data];
    this.child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder } });
    this.#said = '';
    this.child.stderr!.on('data', (data: Buffer) => (this.#said = `${this.#said}${data.toString()}`.slice(-2000)));
  }

  /** Bytes in its store: how far it is. */
  get progress(): number {
    const folder = join(this.data, 'segments');
    return filesIn(folder).reduce((sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0);
  }

  /** Lets it work for a while and kills it: now and then while it starts, most often in the midst of its work. */
  async killSomewhere(): Promise<void> {
    const before = this.progress;
    if (this.#random() < 0.25) await wait(800 * this.#random());
    else {
      await this.until('went on', () => this.progress > before);
      await wait(600 * this.#random());
    }
    await this.#end('SIGKILL', 'SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM', 0);
  }

  /** Waits until it holds, for as long as the run gets on; `moved` counts what else may move meanwhile. */
  async until(what: string, holds: () => boolean, moved: () => number = () => 0): Promise<void> {
    let [since, before] = [performance.now(), ''];
    for (let looks = 0; !holds(); looks += 1, await wait(20)) {
      const { exitCode } = this.child!;
      if (exitCode !== null) throw new Error(`${this.data} ended with ${exitCode} before it ${what}: ${this.#said}`);
      if (looks % 50 !== 0) continue;
      const now = `${this.progress} ${this.#checkpoint} ${moved()}`;
      if (now !== before) [since, before] = [performance.now(), now];
      else if (performance.now() - since > patience)
        throw new Error(`${this.data} never ${what}: nothing moved for ${patience / 1000} s: ${this.#said}`);
    }
  }

  /** The name of its newest checkpoint. */
  get #checkpoint(): string {
    const folder = join(this.data, 'state', 'evening');
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^checkpoint-\d+\.json$/.test(name)) : [];
    return names.toSorted().at(-1) ?? '';
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM', expected: number | string): Promise<void> {
    const child = this.child!;
    const over = new Promise<number | string>((resolve) => child.once('exit', (code, by) => resolve(code ?? String(by))));
    if (child.exitCode !== null) throw new Error(`${this.data} ended by itself with ${child.exitCode}: ${this.#said}`);
    child.kill(signal);
    const ended = await over;
    if (ended !== expected) throw new Error(`${this.data} ended with ${ended}: ${this.#said}`);
  }

  /** Events in its segments, by the number of their line: each `id text`, as often as it is there. */
  get segments(): Map<number, string[]> {
    const parts = filesIn(join(this.data, 'segments')).map((name) => readFileSync(join(this.data, 'segments', name), 'utf8'));
    // The last line may be under way.
    return byNumber(parts.flatMap((text) => text.split('\n').slice(0, -1)));
  }

  /** The same of its files an event. */
  get files(): Map<number, string[]> {
    return byNumber(filesIn(join(this.data, 'events')).map((name) => readFileSync(join(this.data, 'events', name), 'utf8')));
  }
}

const filesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:nd)?json$/.test(name)) : [];

/** Events as JSON, by the number of their line. */
function byNumber(records: readonly string[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const record of records) {
    const number = /seq=(\d+)/.exec(record)?.[1];
    if (number === undefined) continue;
    const { id, text } = JSON.parse(record) as { id: string; text: string };
    found.set(Number(number), [...(found.get(Number(number)) ?? []), `${id} ${text}`]);
  }
  return found;
}

/** Numbers up to `last` that are missing, and how often others are there too often. */
function countWrong(found: ReadonlyMap<number, readonly string[]>, last: number): { lost: number; doubled: number } {
  let [lost, doubled] = [0, 0];
  for (let n = 1; n <= last; n += 1) {
    const times = found.get(n)?.length ?? 0;
    lost += Number(times === 0);
    doubled += Math.max(0, times - 1);
  }
  return { lost, doubled };
}

/**
 * A service writes its log all evening, which is rotated in both ways; two runs follow it, with all that a pipeline has, and
 * page. One of them is killed again and again. What both leave is compared.
 */
export async function evening(plan: EveningPlan): Promise<EveningOutcome> {
  const random = seeded(plan.seed);
  mkdirSync(plan.folder, { recursive: true });
  const pager = await eveningPager(seeded(plan.seed + 1000));
  const log = new EveningLog(join(plan.folder, 'app.log'));
  const [alone, killed] = ['alone', 'killed'].map((name) => new Evening(plan, name, log.path, pager.url, random)) as [Evening, Evening];
  const began = performance.now();
  let isOver = false;
  let writing = Promise.resolve();
  try {
    log.write(burst);
    for (const run of [alone, killed]) {
      run.start();
      // What was rotated away before a log was first looked at is nobody's.
      await run.until('began', () => run.progress > 0);
    }
    writing = (async () => {
      for (; !isOver; await wait(between)) log.write(burst);
    })();
    const perTrouble = Math.ceil(plan.kills / EveningLog.mostTroubles);
    for (let kills = 0; kills < plan.kills; kills += 1) {
      if (kills > 0) killed.start();
      if (kills % perTrouble === 0) log.goWrong();
      await killed.killSomewhere();
    }
    killed.start();
    isOver = true;
    await writing;
    // Something follows, so that what is asked for is complete: the last record may still grow.
    const last = log.written;
    log.write(2);
    const troubles = [...log.troubles];
    for (const run of [alone, killed]) {
      await run.until('stored all', () => run.segments.has(last));
      const told = pager.told(`/${run === alone ? 'alone' : 'killed'}`);
      const isTold = () => named(told, troubles).length === troubles.length;
      // What is not told when nothing moves any more is counted as not told.
      await run.until('told all', isTold, () => told.messages).catch(() => undefined);
      await run.stop();
    }
    const [segments, files, reference] = [killed.segments, killed.files, alone.segments];
    const wrong = [countWrong(segments, last), countWrong(files, last)];
    const told = [alone, killed].map((_, i) => pager.told(i === 0 ? '/alone' : '/killed'));
    const names = told.map((one) => new Set(named(one, troubles)));
    return {
      kills: plan.kills,
      rotations: log.rotations,
      lines: last,
      seconds: Math.round((performance.now() - began) / 1000),
      lost: Math.max(...wrong.map((one) => one.lost)),
      doubled: Math.max(...wrong.map((one) => one.doubled)),
      sameEvents: Array.from({ length: last }, (_, i) => i + 1).every(
        (n) => segments.get(n)?.join('\n') === reference.get(n)?.join('\n') && files.get(n)?.join('\n') === reference.get(n)?.join('\n'),
      ),
      troubles: troubles.length,
      pagerDiffers: troubles.filter((trouble) => !names.every((one) => one.has(trouble))).length,
      contradictions: told.reduce((sum, one) => sum + one.contradictions, 0),
    };
  } finally {
    isOver = true;
    await writing;
    for (const { child } of [alone, killed]) child?.kill('SIGKILL');
    await pager.close();
  }
}
