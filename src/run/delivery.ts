import type { Json } from '../event.ts';
import { readSelect, type SinkContext } from '../sinks/sink.ts';
import type { Pipeline, SinkNode } from '../pipeline/definition.ts';
import type { Engine } from './engine.ts';
import type { InFlight } from './inFlight.ts';
import { ioFailure } from './ioFailure.ts';
import { Outlet } from './outlet.ts';
import type { RunReport } from './report.ts';
import type { RunOptions } from './runOptions.ts';
import type { SnapshotHead } from './snapshot.ts';
import { throwFirst } from './throwFirst.ts';

/** Signals that may wait for the sinks before they are awaited. The result does not depend on it. */
const stretch = 1024;

/** The sinks of a run. */
export class Delivery {
  readonly #pipeline: Pipeline;
  readonly #inFlight: InFlight;
  readonly #outlets: { node: SinkNode; outlet: Outlet }[] = [];

  constructor(pipeline: Pipeline, inFlight: InFlight) {
    this.#pipeline = pipeline;
    this.#inFlight = inFlight;
  }

  /** Opens the sinks where a checkpoint left them. */
  async open(
    { io, dataDir, standing }: Pick<RunOptions, 'io' | 'dataDir'> & Pick<SinkContext, 'standing'>,
    saved: SnapshotHead['sinks'],
  ): Promise<void> {
    for (const node of this.#pipeline.sinks) {
      const { name } = node.sink.spec;
      // Another sink under the same id knows nothing of that position; other options of the same sink may.
      const from = saved.find((s) => s.id === node.id && s.sink === name)?.position ?? null;
      const context = { io, id: node.id, dataDir, from, pipeline: this.#pipeline.name, standing };
      const sink = await node.sink.spec.open(node.options, context).catch((error: unknown) => {
        throw ioFailure(error, { path: `sinks.${node.id}` });
      });
      this.#outlets.push({ node, outlet: new Outlet(node.id, sink, readSelect(node.options)) });
    }
  }

  /** Takes what these operators give. */
  attach(engine: Engine): void {
    for (const { node, outlet } of this.#outlets) outlet.attach(engine.output(node.from));
  }

  /** Whether so much waits that the run had better stop and deliver. */
  get isFull(): boolean {
    return this.#outlets.some(({ outlet }) => outlet.waiting >= stretch);
  }

  /** Hands over what waits; resolves when every sink has taken it. */
  deliver(): Promise<void> {
    return allEnded(
      this.#outlets.map(async ({ outlet }) => {
        const { waiting } = outlet;
        if (waiting > 0) await this.#inFlight.during(`sink ${outlet.id}`, `writing ${waiting} signals`, () => outlet.deliver());
      }),
    );
  }

  async flush(): Promise<void> {
    for (const { outlet } of this.#outlets) await this.#inFlight.during(`sink ${outlet.id}`, 'flushing', () => outlet.flush());
  }

  discard(): void {
    for (const { outlet } of this.#outlets) outlet.discard();
  }

  close(): Promise<void> {
    return allEnded(this.#outlets.map(({ outlet }) => this.#inFlight.during(`sink ${outlet.id}`, 'closing', () => outlet.sink.close())));
  }

  positions(): SnapshotHead['sinks'] {
    return this.#outlets.map(({ node, outlet }) => ({
      id: node.id,
      sink: node.sink.spec.name,
      position: (outlet.sink.position?.() ?? null) as Json,
    }));
  }

  reports(): RunReport['sinks'] {
    return this.#outlets.map(({ node, outlet: o }) => ({
      id: o.id,
      from: node.from,
      offered: o.offered,
      ...o.counters,
      note: o.sink.note?.() ?? '',
      figures: o.sink.figures?.() ?? {},
    }));
  }

  /** Signals that wait for a sink, one phrase each. */
  describe(): string[] {
    return this.#outlets.flatMap(({ outlet: { id, waiting } }) => (waiting > 0 ? [`sink ${id}: ${waiting} signals wait`] : []));
  }
}

/** Resolves when all have ended, well or not; then throws the first failure. No sink writes on when the run is over. */
async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  throwFirst(await Promise.allSettled(works));
}
