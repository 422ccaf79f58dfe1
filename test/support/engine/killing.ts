import type { Pipeline } from '../../../src/pipeline/definition.ts';
import type { MemoryFiles } from '../memoryFiles.ts';
import { Machine } from './machines.ts';
import { MemoryEngine } from './memoryTransport.ts';
import { randomFrom } from './randomFrom.ts';
import { until } from './roles.ts';

export interface KillingOptions {
  /** Calls of which one is died at, about. */
  calls?: number;
  /** One on which the pipeline has run already. */
  engine?: MemoryEngine;
  /** Another file, which is asked for. */
  next?: { pipeline: Pipeline; partitions: number };
}

/** Processes of which now and then one dies at a call to the engine, and another comes. */
export class Killing {
  readonly files: MemoryFiles;
  readonly engine: MemoryEngine;
  readonly #random: (most: number) => number;
  readonly #machines = new Map<string, Machine>();
  readonly #pipeline: Pipeline;
  readonly #calls: number;
  readonly #next: KillingOptions['next'];
  readonly #ended = new Set<string>();
  #failure: { error: unknown } | null = null;
  #started = 0;
  #left: number;
  #until: number;
  kills = 0;

  constructor(pipeline: Pipeline, seed: number, files: MemoryFiles, { calls = 150, engine, next }: KillingOptions = {}) {
    this.#pipeline = pipeline;
    this.#next = next;
    this.engine = engine ?? new MemoryEngine({ step: false });
    this.files = files;
    this.#calls = calls;
    this.#random = randomFrom(seed);
    this.#left = 1 + this.#random(4);
    this.#until = 1 + this.#random(this.#calls);
    this.engine.watch = (process) => this.#watch(process);
  }

  /** Runs until all have ended by themselves, or died. Throws what one of them fails at. */
  async toEnd(): Promise<void> {
    for (let n = 0; n <= this.#random(3); n += 1) this.#start();
    await until(() => this.#failure !== null || [...this.#machines].every(([id, { isDead }]) => isDead || this.#ended.has(id)));
    if (this.#failure) throw this.#failure.error;
  }

  #start(): void {
    const id = `w${(this.#started += 1)}`;
    const next = this.#next;
    // Another file that is to go on is found where each reads its own.
    const own = { id, files: this.files, partitions: 2, ...(next && { reread: async () => next }) };
    const machine = new Machine(this.#pipeline, this.engine, own);
    this.#machines.set(id, machine);
    machine.done.then(
      () => this.#ended.add(id),
      (error: unknown) => (this.#failure ??= { error }),
    );
  }

  /** Whether a call is done. */
  #watch(process: string): boolean {
    const machine = this.#machines.get(process);
    if (machine?.isDead) return false;
    this.#until -= 1;
    if (this.#until > 0 || this.#left === 0 || !machine) return true;
    this.#left -= 1;
    this.#until = 1 + this.#random(this.#calls);
    this.kills += 1;
    machine.kill();
    // Sooner or later what it held goes to others.
    setImmediate(() => machine.lapse());
    // Who is left goes on, but where nobody is that had not ended.
    const isAnyLeft = [...this.#machines].some(([id, { isDead }]) => !isDead && !this.#ended.has(id));
    if (this.#random(2) === 0 || !isAnyLeft) this.#start();
    return false;
  }
}
