import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** How long a run may store and send nothing that is waited for, milliseconds: however slow the machine, what works gets on. */
const patience = 120_000;

export interface EveningRunOptions {
  /** The program, one file. */
  program: string;
  /** Where the pipeline file and all its data go. */
  folder: string;
  name: string;
  pipeline: string;
  random: () => number;
}

/** One run of an evening, in a process of its own that can be killed and started again. */
export class EveningRun {
  readonly #options: EveningRunOptions;
  readonly data: string;
  readonly file: string;
  child: ChildProcess | null = null;
  #said = '';

  constructor(options: EveningRunOptions) {
    this.#options = options;
    const { folder, name, pipeline } = options;
    this.data = join(folder, name);
    this.file = join(folder, `${name}.yaml`);
    writeFileSync(this.file, pipeline);
  }

  start(): void {
    const { program, folder } = this.#options;
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
    if (this.#options.random() < 0.25) await wait(800 * this.#options.random());
    else {
      await this.until('went on', () => this.progress > before);
      await wait(600 * this.#options.random());
    }
    await this.#end('SIGKILL', 'SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM', 0);
  }

  /** Waits until it holds, for as long as the run gets on; throws when it does not any more. */
  async until(what: string, holds: () => boolean): Promise<void> {
    if (await this.gets(what, holds)) return;
    throw new Error(`${this.data} never ${what}: nothing moved for ${patience / 1000} s: ${this.#said}`);
  }

  /** Whether it holds in the end: waits for as long as the run stores something, or `moved` counts something else that moves. */
  async gets(what: string, holds: () => boolean, moved: () => number = () => 0): Promise<boolean> {
    let [since, before] = [performance.now(), ''];
    for (let looks = 0; !holds(); looks += 1, await wait(20)) {
      const { exitCode } = this.child!;
      if (exitCode !== null) throw new Error(`${this.data} ended with ${exitCode} before it ${what}: ${this.#said}`);
      if (looks % 50 !== 0) continue;
      // Checkpoints do not count: a run in which only time goes on writes them, too.
      const now = `${this.progress} ${moved()}`;
      if (now !== before) [since, before] = [performance.now(), now];
      else if (performance.now() - since > patience) return false;
    }
    return true;
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
