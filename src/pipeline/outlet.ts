import { filter, type Observable } from 'rxjs';
import type { Flow } from '../../operators/kernel.ts';
import type { Signal } from '../signal.ts';
import type { OpenSink, SinkCounters } from '../sinks/sink.ts';

/** A sink with the signals that wait for it. offered = written + filtered + failed + held, checked by `balanced`. */
export class Outlet {
  readonly id: string;
  readonly sink: OpenSink;
  offered = 0;
  #filtered = 0;
  #queue: Signal[] = [];

  constructor(id: string, sink: OpenSink, select: readonly string[], from: Observable<Flow>) {
    this.id = id;
    this.sink = sink;
    const wanted = new Set(select);
    from
      .pipe(
        filter(({ kind }) => {
          this.offered += 1;
          const take = wanted.has(kind);
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
    await this.sink.write(batch);
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
