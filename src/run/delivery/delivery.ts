import type { Json } from '../../event.ts';
import { readSelect, type SinkContext, type SinkTrouble } from '../../sinks/sink.ts';
import type { Pipeline, SinkNode } from '../../pipeline/definition.ts';
import type { Tap, Tapped } from '../stage/tap.ts';
import type { InFlight } from '../inFlight.ts';
import { ioFailure } from '../ioFailure.ts';
import { SinkBuffer } from './sinkBuffer.ts';
import type { RunReport } from '../report.ts';
import type { RunOptions } from '../runOptions.ts';
import type { SnapshotHead } from '../checkpoint/snapshot.ts';
import { throwFirst } from '../throwFirst.ts';

/** Signals that may wait for the sinks before they are awaited. The result does not depend on it. */
const stretch = 1024;

/** The sinks of a run. */
export class Delivery {
  readonly #pipeline: Pipeline;
  readonly #inFlight: InFlight;
  readonly #buffers: { node: SinkNode; buffer: SinkBuffer }[] = [];

  constructor(pipeline: Pipeline, inFlight: InFlight) {
    this.#pipeline = pipeline;
    this.#inFlight = inFlight;
  }

  /** Opens the sinks where a checkpoint left them. */
  async open(
    {
      io,
      dataDir,
      standing,
      contacts,
      decided,
    }: Pick<RunOptions, 'io' | 'dataDir' | 'decided'> & Pick<SinkContext, 'standing' | 'contacts'>,
    saved: SnapshotHead['sinks'],
  ): Promise<void> {
    for (const node of this.#pipeline.sinks) {
      const { name } = node.sink.spec;
      // Another sink under the same id knows nothing of that position; other options of the same sink may.
      const from = saved.find((s) => s.id === node.id && s.sink === name)?.position ?? null;
      const context = { io, id: node.id, dataDir, from, pipeline: this.#pipeline.name, standing, contacts, decided };
      const sink = await node.sink.spec.open(node.options, context).catch((error: unknown) => {
        throw ioFailure(error, { path: `sinks.${node.id}` });
      });
      this.#buffers.push({ node, buffer: new SinkBuffer(node.id, sink, readSelect(node.options)) });
    }
  }

  /** Where the sinks take their signals from a stage, in their order. */
  get taps(): Tap[] {
    return this.#buffers.map(({ node, buffer }) => ({ from: node.from, kinds: buffer.wanted }));
  }

  /** What has left a stage at these taps waits for the sinks. */
  take(out: readonly Tapped[]): void {
    for (const [index, { buffer }] of this.#buffers.entries()) buffer.take(out[index]!);
  }

  /** Whether so much waits that the run had better stop and deliver. */
  get isFull(): boolean {
    return this.#buffers.some(({ buffer }) => buffer.waiting >= stretch);
  }

  /** Hands over what waits; resolves when every sink has taken it. */
  deliver(): Promise<void> {
    return allEnded(
      this.#buffers.map(async ({ buffer }) => {
        const { waiting } = buffer;
        if (waiting > 0) await this.#inFlight.during(`sink ${buffer.id}`, `writing ${waiting} signals`, () => buffer.deliver());
      }),
    );
  }

  async flush(): Promise<void> {
    for (const { buffer } of this.#buffers) await this.#inFlight.during(`sink ${buffer.id}`, 'flushing', () => buffer.flush());
  }

  close(): Promise<void> {
    return allEnded(this.#buffers.map(({ buffer }) => this.#inFlight.during(`sink ${buffer.id}`, 'closing', () => buffer.sink.close())));
  }

  positions(): SnapshotHead['sinks'] {
    return this.#buffers.map(({ node, buffer }) => ({
      id: node.id,
      sink: node.sink.spec.name,
      position: (buffer.sink.position?.() ?? null) as Json,
    }));
  }

  reports(): RunReport['sinks'] {
    return this.#buffers.map(({ node, buffer: o }) => {
      const trouble = o.sink.trouble?.();
      return {
        id: o.id,
        from: node.from,
        offered: o.offered,
        ...o.counters,
        note: o.sink.note?.() ?? '',
        figures: o.sink.figures?.() ?? {},
        ...(trouble && { trouble }),
      };
    });
  }

  /** Sinks that do not deliver. */
  troubles(): ({ type: 'sink'; id: string } & SinkTrouble)[] {
    return this.#buffers.flatMap(({ buffer: { id, sink } }) => {
      const trouble = sink.trouble?.();
      return trouble ? [{ type: 'sink', id, ...trouble }] : [];
    });
  }

  /** Signals that wait for a sink, one phrase each. */
  describe(): string[] {
    return this.#buffers.flatMap(({ buffer: { id, waiting } }) => (waiting > 0 ? [`sink ${id}: ${waiting} signals wait`] : []));
  }
}

/** Resolves when all have ended, well or not; then throws the first failure. No sink writes on when the run is over. */
async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  throwFirst(await Promise.allSettled(works));
}
