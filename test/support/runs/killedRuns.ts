import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as realTime } from 'node:timers/promises';

/** Runs of one pipeline in processes of their own, which are killed on the way as a crash would. */
export class KilledRuns {
  kills = 0;
  /** What the processes wrote on stderr. */
  said = '';
  readonly data: string;
  readonly #program: string;
  readonly #file: string;
  readonly #env: NodeJS.ProcessEnv;

  /** @param program the program, one file */
  constructor(
    program: string,
    folder: string,
    { sources, checkpointEvents, env }: { sources: Record<string, string>; checkpointEvents: number; env: NodeJS.ProcessEnv },
  ) {
    this.#program = program;
    this.data = join(folder, 'data');
    this.#file = join(folder, 'wire.yaml');
    this.#env = { ...process.env, ...env };
    const lines = Object.entries(sources)
      .map(([id, text]) => `  ${id}: ${text}\n`)
      .join('');
    writeFileSync(
      this.#file,
      `name: wire\ncheckpoint: { events: ${checkpointEvents}, every: 1h }\nsources:\n${lines}sinks: { store: { segments: {} } }\n`,
    );
  }

  /** Runs until it ends by itself; throws what it said when its exit code is not 0. */
  async toItsEnd(): Promise<void> {
    const [child, ended] = this.#start();
    const code = await ended;
    if (code !== 0) throw new Error(`exit ${code ?? child.signalCode}: ${this.said}`);
  }

  /** Runs until that holds, asked every few milliseconds, then kills it. Throws when the run ends before. */
  async killedWhen(holds: () => boolean): Promise<void> {
    const [child, ended] = this.#start();
    let over = false;
    void ended.then(() => (over = true));
    while (!over && !holds()) await realTime(2);
    if (over) throw new Error(`the run was over before it could be killed: ${this.said}`);
    child.kill('SIGKILL');
    await ended;
    this.kills += 1;
  }

  #start(): [ChildProcess, Promise<number | null>] {
    const child = spawn(process.execPath, [this.#program, 'run', this.#file, '--data-dir', this.data, '--quiet'], {
      env: this.#env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr!.on('data', (chunk: Buffer) => (this.said = (this.said + chunk.toString()).slice(-4000)));
    return [child, new Promise((resolve) => child.once('close', resolve))];
  }

  /** Bytes in the store. */
  get bytes(): number {
    return this.#segments().reduce((sum, path) => sum + statSync(path).size, 0);
  }

  /** Ids of the events in the store, in the order they stand; the half line that a kill may leave is none. */
  ids(): string[] {
    return this.#segments()
      .flatMap((path) => readFileSync(path, 'utf8').split('\n').slice(0, -1))
      .map((line) => (JSON.parse(line) as { id: string }).id);
  }

  /** How many records of a source the newest checkpoint covers. */
  covered(source: string): number {
    const folder = join(this.data, 'state', 'wire');
    const newest = existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => /^checkpoint-\d+\.json$/.test(name))
          .toSorted()
          .at(-1)
      : undefined;
    if (newest === undefined) return 0;
    const text = readFileSync(join(folder, newest), 'utf8');
    const { content } = JSON.parse(text.slice(text.indexOf('\n') + 1)) as { content: { sources: { id: string; read: number }[] } };
    return content.sources.find(({ id }) => id === source)?.read ?? 0;
  }

  #segments(): string[] {
    const root = join(this.data, 'segments');
    if (!existsSync(root)) return [];
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((name) => join(root, name))
      .filter((path) => path.endsWith('.ndjson') && statSync(path).isFile());
  }
}
