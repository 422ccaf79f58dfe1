import { Observable, type OperatorFunction } from 'rxjs';
import { subscribeWithin } from '../base/backPressure.ts';
import { nodeIo } from '../io.ts';
import type { Flow, Signal } from '../signal.ts';
import { readSelect, type OpenSink, type ReadySink, type SinkContext, type SinkCounters } from './sink.ts';

/**
 * Ends a pipe in a sink: `await lastValueFrom(events$.pipe(rank(), toSink(ndjson({ path: 'radar.ndjson' }))))`.
 *
 * The Observable gives the sink's counters once, when everything is written, flushed and closed, and completes; it fails
 * with the first error of the source (after what came before it has been written) or of the sink. Unsubscribing stops the
 * source; what has come is still written.
 *
 * While the sink writes, what comes is held and handed over together, the next time. Sources of caducus in the same pipe
 * wait for the sink between their batches, so that no more than two are held; an Observable of your own does
 * not know how to wait, and what it gives meanwhile is held in memory. `context` says where a sink without a path writes
 * (`dataDir`, default `.caducus/data`), what it is called (`id`), and from which saved position it goes on (`from`).
 */
export function toSink(sink: ReadySink, context: Partial<SinkContext> = {}): OperatorFunction<Flow, SinkCounters> {
  const { name } = sink.spec;
  const { io = nodeIo(), id = name, dataDir = '.caducus/data', from = null, pipeline = 'code' } = context;
  return (source) =>
    new Observable((subscriber) => {
      const inbox = new Inbox(readSelect(sink.options));
      const input = subscribeWithin(
        () => inbox.drained(),
        () =>
          source.subscribe({
            next: (signal) => inbox.push(signal),
            error: (error: unknown) => inbox.end({ error }),
            complete: () => inbox.end({}),
          }),
      );
      subscriber.add(() => {
        input.unsubscribe();
        inbox.end({});
      });
      const open = () => sink.open({ ...context, io, id, dataDir, from, pipeline });
      writeAll(open, inbox).then(
        (counters) => {
          subscriber.next(counters);
          subscriber.complete();
        },
        (error: unknown) => {
          inbox.refuse();
          subscriber.error(error);
        },
      );
    });
}

/** Writes what comes until it ends, then flushes and closes; throws what the source failed with when that is done. */
async function writeAll(open: () => Promise<OpenSink>, inbox: Inbox): Promise<SinkCounters> {
  const sink = await open();
  try {
    for (let batch = await inbox.take(); batch; batch = await inbox.take()) await sink.write(batch);
    await sink.flush();
  } finally {
    await sink.close();
  }
  inbox.throwFailure();
  return { ...sink.counters, filtered: sink.counters.filtered + inbox.filtered };
}

/** What has come and is not written yet. */
class Inbox {
  filtered = 0;
  readonly #kinds: ReadonlySet<string> | null;
  #waiting: Signal[] = [];
  #ended: { error?: unknown } | null = null;
  #wake: (() => void) | null = null;
  #room: (() => void)[] = [];

  constructor(select: readonly string[] | null) {
    this.#kinds = select && new Set(select);
  }

  push(signal: Flow): void {
    if (this.#ended) return;
    if (this.#kinds?.has(signal.kind) === false) this.filtered += 1;
    else this.#waiting.push(signal as Signal);
    this.#wake?.();
  }

  end(how: { error?: unknown }): void {
    this.#ended ??= how;
    this.#wake?.();
  }

  /** Everything that waits, as soon as there is something; null at the end. */
  async take(): Promise<Signal[] | null> {
    while (this.#waiting.length === 0 && !this.#ended) await new Promise<void>((resolve) => (this.#wake = resolve));
    const taken = this.#waiting;
    this.#waiting = [];
    this.#makeRoom();
    return taken.length > 0 ? taken : null;
  }

  /** Resolves when nothing waits but what is being written. */
  async drained(): Promise<void> {
    if (this.#waiting.length > 0 && !this.#ended) await new Promise<void>((resolve) => void this.#room.push(resolve));
  }

  /** The sink is gone: nothing is taken any more, and nobody is to wait for it. */
  refuse(): void {
    this.end({});
    this.#makeRoom();
  }

  throwFailure(): void {
    if (this.#ended && 'error' in this.#ended) throw this.#ended.error;
  }

  #makeRoom(): void {
    for (const resolve of this.#room.splice(0)) resolve();
  }
}
