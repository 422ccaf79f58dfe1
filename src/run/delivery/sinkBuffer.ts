import { filter, type Observable, type Subscription } from 'rxjs';
import type { Flow } from '../../kernel/defineOperator.ts';
import type { Signal } from '../../signal.ts';
import type { OpenSink, SinkCounters } from '../../sinks/sink.ts';
import { ioFailure } from '../ioFailure.ts';

/** A sink with the signals that wait for it. offered = written + filtered + failed + held, checked by `balanced`. */
export class SinkBuffer {
  readonly id: string;
  readonly sink: OpenSink;
  offered = 0;
  /** Kinds it takes; null takes all. */
  readonly #wanted: ReadonlySet<string> | null;
  #filtered = 0;
  #queue: Signal[] = [];
  #subscription: Subscription | null = null;

  constructor(id: string, sink: OpenSink, select: readonly string[] | null) {
    this.id = id;
    this.sink = sink;
    this.#wanted = select && new Set(select);
  }

  /** Takes what comes from here, and no longer from where it came before. */
  attach(from: Observable<Flow>): void {
    this.#subscription?.unsubscribe();
    this.#subscription = from
      .pipe(
        filter(({ kind }) => {
          this.offered += 1;
          const take = this.#wanted?.has(kind) ?? true;
          if (!take) this.#filtered += 1;
          return take;
        }),
      )
      // A failing operator ends its outputs with an error; the run reports it once, from the graph itself.
      .subscribe({ next: (signal) => void this.#queue.push(signal as Signal), error: () => {} });
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

  /** Forgets what waits: it will be made again. */
  discard(): void {
    this.offered -= this.#queue.length;
    this.#queue = [];
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
