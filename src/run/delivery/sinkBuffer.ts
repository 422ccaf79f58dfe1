import type { Signal } from '../../signal.ts';
import type { OpenSink, SinkCounters } from '../../sinks/sink.ts';
import { ioFailure } from '../ioFailure.ts';
import type { Tapped } from '../stage/tap.ts';

/** A sink with the signals that wait for it. offered = written + filtered + failed + held, checked by `balanced`. */
export class SinkBuffer {
  readonly id: string;
  readonly sink: OpenSink;
  offered = 0;
  /** Kinds it takes; null takes all. */
  readonly wanted: ReadonlySet<string> | null;
  #filtered = 0;
  #queue: Signal[] = [];

  constructor(id: string, sink: OpenSink, select: readonly string[] | null) {
    this.id = id;
    this.sink = sink;
    this.wanted = select && new Set(select);
  }

  /** What has left a stage for this sink waits here. */
  take({ signals, filtered }: Tapped): void {
    this.offered += signals.length + filtered;
    this.#filtered += filtered;
    if (signals.length === 0) return;
    if (this.#queue.length === 0) this.#queue = signals;
    else for (const signal of signals) this.#queue.push(signal);
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** Hands over what waits; resolves when the sink has taken it. */
  async deliver(): Promise<void> {
    if (this.#queue.length === 0) return;
    const batch = this.#queue;
    this.#queue = [];
    await this.#guarded(() => this.sink.write(batch));
  }

  /** Everything handed over is where it belongs. */
  flush(): Promise<void> {
    return this.#guarded(() => this.sink.flush());
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw ioFailure(error, { path: `sinks.${this.id}` });
    }
  }

  get counters(): SinkCounters {
    const { written, filtered, failed, held } = this.sink.counters;
    return { written, filtered: filtered + this.#filtered, failed, held: held + this.#queue.length };
  }

  get balanced(): boolean {
    const { written, filtered, failed, held } = this.counters;
    return this.offered === written + filtered + failed + held;
  }
}
