import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What is tried is the program as it is built and installed, and not the sources: `npm run build` comes first. */
const isBuilt = process.env['ENGINE_BUILT'] === '1';
const program = isBuilt ? [resolve('dist/bin/caducus.js')] : ['--import=tsx', '--conditions=source', resolve('src/cli/main.ts')];
const environment = isBuilt ? {} : { TSX_TSCONFIG_PATH: resolve('tsconfig.packages.json') };

/** How a process ended, and what it said. */
export interface Ended {
  code: number | null;
  text: string;
}

/** A process of the program. */
export class Worker {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  #text = '';

  constructor(parameters: readonly string[]) {
    this.child = spawn(process.execPath, [...program, ...parameters], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '', ...environment },
    });
    this.child.stderr!.on('data', (bytes: Buffer) => void (this.#text += bytes.toString()));
    this.ended = once(this.child, 'close').then(([code]) => ({ code: code as number | null, text: this.#text }));
  }

  get isOver(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

/** A pipeline in a folder of its own, beside which `caducus-nats` is installed, and the processes that run it. */
export class EngineCluster {
  readonly #folder: string;
  readonly #workers: Worker[] = [];

  constructor(folder: string, pipeline: string) {
    this.#folder = folder;
    mkdirSync(`${folder}/node_modules`, { recursive: true });
    install(`${folder}/node_modules`);
    writeFileSync(`${folder}/radar.yaml`, pipeline);
  }

  /** Puts another file in the place of the one that processes read. */
  change(pipeline: string): void {
    writeFileSync(`${this.#folder}/radar.yaml`, pipeline);
  }

  /** A process more, with a data folder of that name; without an engine's address one that runs it alone. */
  start(engine?: string, data?: string): Worker {
    return this.#begin('run', engine, data);
  }

  /** Asks those that run it to go on with the file as it is now. */
  reload(engine: string): Worker {
    return this.#begin('reload', engine);
  }

  #begin(command: string, engine?: string, data = 'data'): Worker {
    const of = [`${this.#folder}/radar.yaml`, '--data-dir', `${this.#folder}/${data}`];
    const worker = new Worker([command, ...of, ...(engine ? ['--engine', engine] : [])]);
    this.#workers.push(worker);
    return worker;
  }

  /** Those that live, the oldest first. */
  get alive(): Worker[] {
    return this.#workers.filter(({ isOver }) => !isOver);
  }

  async stop(): Promise<void> {
    const left = this.alive;
    for (const worker of left) worker.signal('SIGKILL');
    await Promise.all(left.map(({ ended }) => ended));
  }
}

/** The package, found from the folder: its sources, or what is built of it beside what it asks for. */
function install(modules: string): void {
  const own = resolve('packages/caducus-nats');
  if (!isBuilt) return symlinkSync(own, `${modules}/caducus-nats`);
  for (const part of ['package.json', 'dist']) cpSync(`${own}/${part}`, `${modules}/caducus-nats/${part}`, { recursive: true });
  symlinkSync(resolve('.'), `${modules}/caducus`);
  for (const needed of ['@nats-io', 'zod']) symlinkSync(resolve('node_modules', needed), `${modules}/${needed}`);
}
