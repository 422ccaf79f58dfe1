import { Counter, Gauge, type Registry } from 'prom-client';
import type { EngineFigures } from '../../engine/look/engineFigures.ts';

const labels = ['pipeline', 'work'];

/** What a process tells of its share of the work on an engine. The sums over all processes are those of the pipeline. */
export class EngineMetrics {
  readonly #pipeline: string;
  readonly #up: Gauge;
  readonly #held: Gauge;
  readonly #behind: Gauge;
  readonly #checkpoint: Gauge;
  readonly #superseded: Counter;

  constructor(registry: Registry, pipeline: string) {
    const registers = [registry];
    const gauge = (name: string, help: string, labelNames = labels) =>
      new Gauge({ name: `caducus_engine_${name}`, help, labelNames, registers });
    this.#pipeline = pipeline;
    this.#up = gauge('up', 'Whether the engine answers: 1 or 0.', ['pipeline']);
    this.#held = gauge('held_work', 'Pieces of work that this process does: 1 each.');
    this.#behind = gauge('behind_messages', 'Messages of its log that a piece of work has not worked on, at most.');
    this.#checkpoint = gauge('checkpoint_timestamp_seconds', 'When its newest checkpoint was taken.');
    this.#superseded = new Counter({
      name: 'caducus_engine_superseded_total',
      help: 'How often another process had gone on with a piece of work that this one did: a fence was lost.',
      labelNames: labels,
      registers,
    });
  }

  fill({ isReached, works, superseded }: EngineFigures): void {
    const pipeline = this.#pipeline;
    this.#up.set({ pipeline }, isReached ? 1 : 0);
    for (const { work, behind, checkpoint } of works) {
      this.#held.set({ pipeline, work }, 1);
      if (typeof behind === 'number') this.#behind.set({ pipeline, work }, behind);
      if (checkpoint) this.#checkpoint.set({ pipeline, work }, checkpoint.at / 1000);
    }
    for (const [work, many] of superseded) this.#superseded.inc({ pipeline, work }, many);
  }
}
