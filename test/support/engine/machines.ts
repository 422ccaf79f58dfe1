import type { Files, Io, OpenFile } from '../../../src/io.ts';
import { runOnEngine } from '../../../src/engine/engineRun.ts';
import type { EngineRunOptions } from '../../../src/engine/revisionRun.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import type { Registry } from '../../../src/pipeline/registry.ts';
import type { Pipeline } from '../../../src/pipeline/definition.ts';
import type { Transport } from '../../../src/engine/transport.ts';
import type { RunReport } from '../../../src/run/report.ts';
import type { MemoryFiles } from '../memoryFiles.ts';
import { testIo } from '../testIo.ts';
import type { MemoryEngine } from './memoryTransport.ts';

export const readText = (text: string, registry: Registry = builtins): Pipeline =>
  loadPipeline('p.yaml', text, { registry, variables: { env: {}, config: () => undefined } });

const never = <T>(): Promise<T> => new Promise(() => undefined);

/** Files that a process sees until it dies: what it asks for then is not done, and never answered. */
function mortal<T extends Files | OpenFile>(files: T, isDead: () => boolean): T {
  return new Proxy(files, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      return (...given: unknown[]): unknown => {
        if (isDead()) return never();
        const result: unknown = found.apply(target, given);
        if (name !== 'open') return result;
        return (result as Promise<OpenFile>).then((file) => (isDead() ? never() : mortal(file, isDead)));
      };
    },
  });
}

/** A process that runs a pipeline on an engine in memory, beside others, on one disk. */
export class Machine {
  readonly id: string;
  readonly stop = new AbortController();
  readonly done: Promise<RunReport>;
  readonly told: string[] = [];
  isDead = false;
  readonly #engine: MemoryEngine;

  constructor(
    pipeline: Pipeline,
    engine: MemoryEngine,
    { id, files, partitions = 3, dataDir = '/d', reread, through = (same) => same }: MachineOptions,
  ) {
    this.id = id;
    this.#engine = engine;
    const io: Io = {
      ...testIo(),
      files: mortal(files, () => this.isDead),
      // Who is dead wakes no more.
      sleep: (_ms, signal) => new Promise((resolve) => (signal?.aborted ? resolve() : setImmediate(() => this.isDead || resolve()))),
    };
    const self = { pid: Number(id.replace(/\D/g, '')), isAlive: (pid: number) => alive.get(engine)!.has(pid) };
    const others = alive.get(engine) ?? new Set<number>();
    alive.set(engine, others.add(self.pid));
    this.done = runOnEngine(pipeline, {
      ...{
        io,
        dataDir,
        transport: through(engine.transport(id)),
        id,
        release: '1',
        partitions,
        lease: 15_000,
        stop: this.stop.signal,
        self,
      },
      ...(reread && { reread }),
      tell: (text) => void this.told.push(text),
    }).finally(() => others.delete(self.pid));
  }

  /** It does nothing more. What it holds lapses when `lapse` is called. */
  kill(): void {
    this.isDead = true;
    alive.get(this.#engine)!.delete(Number(this.id.replace(/\D/g, '')));
  }

  lapse(): void {
    for (const [work, holder] of this.#engine.holds) if (holder === this.id) this.#engine.holds.delete(work);
  }
}

interface MachineOptions {
  id: string;
  files: MemoryFiles;
  partitions?: number;
  dataDir?: string;
  reread?: EngineRunOptions['reread'];
  /** What stands between it and the engine. */
  through?(transport: Transport): Transport;
}

/** Numbers of the processes of each engine that live. */
const alive = new WeakMap<MemoryEngine, Set<number>>();
