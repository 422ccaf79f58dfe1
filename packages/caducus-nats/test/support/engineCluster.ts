import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** How a process ended, and what it said. */
export interface Ended {
  code: number | null;
  text: string;
}

/** A process that runs the pipeline. */
export class Worker {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  #text = '';

  constructor(parameters: readonly string[]) {
    this.child = spawn(process.execPath, ['--import=tsx', '--conditions=source', resolve('src/cli/main.ts'), 'run', ...parameters], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '', TSX_TSCONFIG_PATH: resolve('tsconfig.packages.json') },
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
    symlinkSync(resolve('packages/caducus-nats'), `${folder}/node_modules/caducus-nats`);
    writeFileSync(`${folder}/radar.yaml`, pipeline);
  }

  /** A process more; without an engine's address one that runs it alone. */
  start(engine?: string): Worker {
    const worker = new Worker([
      `${this.#folder}/radar.yaml`,
      '--data-dir',
      `${this.#folder}/data`,
      ...(engine ? ['--engine', engine] : []),
    ]);
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
