import { backoffDelay } from '../../base/backoff.ts';
import { explainFailure } from '../../base/explainFailure.ts';
import { isObject } from '../../base/isObject.ts';
import { fromSaved } from '../../base/saved.ts';
import { withTimeLimit } from '../../base/timeLimit.ts';
import type { Json } from '../../event.ts';
import type { Io } from '../../io.ts';
import type { Signal } from '../../signal.ts';
import { zeroCounters } from '../counters.ts';
import type { SinkTrouble } from '../sink.ts';
import { makeParcel, type Parcel } from './parcel.ts';

/** What came of a batch: taken, but for some that were refused; not now (`wait`: milliseconds that were asked for); or never, as it stands. */
export type Outcome = { ok: true; refused?: { count: number; why: string } } | { ok: false; retry: boolean; why: string; wait?: number };

/** Sends a batch. Rejects when nobody knows what came of it: it is sent again. */
export type Carry = (batch: readonly Parcel[], signal: AbortSignal) => Promise<Outcome>;

export interface ShipmentOptions {
  io: Pick<Io, 'now' | 'sleep'>;
  id: string;
  pipeline: string;
  from: Json | null;
  carry: Carry;
  /** Records of a batch. */
  batch: number;
  /** Records that may wait; with more the run waits until there is room. */
  maxOutbox: number;
  /** How long a batch may take, milliseconds. */
  timeout: number;
  /** How long the end of a run waits for what is under way, milliseconds. */
  drain: number;
}

/** Waits after failures: a receiver that is back is noticed within the longest. */
const waits = { first: 500, most: 30_000 };

/**
 * The outbox of receivers that keep every record, as a log or a table does: records go in their order, in batches, in the
 * background. What waits is part of the checkpoint, so that a receiver that is away for a while stops nobody; when
 * `max_outbox` wait the run waits, and nothing is dropped. At least once: what was sent since the last checkpoint is sent
 * again after a crash, under the same id. A batch that is refused is halved until only what cannot be read is left out.
 */
export class Shipment {
  readonly counters = zeroCounters();
  /** How often a batch was sent once more, and records that were refused. */
  retried = 0;
  refused = 0;
  /** Why records were refused last. */
  why = '';
  /** Since when nothing gets through, and why. */
  down: SinkTrouble | null = null;
  readonly #options: ShipmentOptions;
  readonly #kinds: ReadonlySet<string>;
  readonly #waiting: Parcel[] = [];
  /** Of those that wait, how many an earlier run left behind: they are in its sums. They come first. */
  #earlier: number;
  #size: number;
  readonly #stop = new AbortController();
  #changed = new Set<() => void>();
  readonly #running: Promise<void>;

  constructor(options: ShipmentOptions, kinds: Iterable<string>) {
    this.#options = options;
    this.#kinds = new Set(kinds);
    const left = isObject(options.from) && Array.isArray(options.from['waiting']) ? options.from['waiting'] : [];
    this.#waiting.push(...left.map((one) => fromSaved<Parcel>(one)));
    this.#earlier = this.#waiting.length;
    this.#size = options.batch;
    this.#running = this.#run();
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes records; resolves when there is room for more. */
  async write(signals: readonly Signal[]): Promise<void> {
    const { id, pipeline, maxOutbox } = this.#options;
    for (const signal of signals) {
      if (this.#kinds.has(signal.kind)) this.#waiting.push(makeParcel(signal, `${pipeline}\0${id}`));
      else this.counters.filtered += 1;
    }
    this.#count();
    this.#change();
    while (this.waiting >= maxOutbox && !this.#stop.signal.aborted) await this.#untilChange();
  }

  /** Resolves when nothing waits, or as soon as nothing gets through: then what waits is in the checkpoint. */
  async flush(): Promise<void> {
    while (this.waiting > 0 && this.down === null && !this.#stop.signal.aborted) await this.#untilChange();
  }

  /** What waits. */
  position(): Json {
    return { waiting: [...this.#waiting] };
  }

  /** Sends what waits for as long as the end of a run may take, and stops. */
  async close(): Promise<void> {
    if (this.waiting > 0) {
      const done = new AbortController();
      let isOver = false;
      const over = this.#options.io.sleep(this.#options.drain, done.signal).then(
        () => (isOver = true),
        () => true,
      );
      while (this.waiting > 0 && !isOver) await Promise.race([this.#untilChange(), over]);
      done.abort();
    }
    this.#stop.abort();
    this.#change();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { io, id } = this.#options;
    for (let failures = 0; !this.#stop.signal.aborted;) {
      if (this.waiting === 0) {
        await this.#untilChange();
        continue;
      }
      const batch = this.#waiting.slice(0, this.#size);
      const outcome = await this.#send(batch);
      if (outcome.ok) {
        failures = 0;
        this.down = null;
        this.#size = Math.min(this.#options.batch, this.#size * 2);
        this.#settle(batch.length, outcome.refused ?? null);
      } else if (outcome.retry) {
        if (this.#stop.signal.aborted) return;
        failures += 1;
        this.retried += 1;
        this.down = { since: this.down?.since ?? io.now(), why: outcome.why };
        this.#change();
        await io.sleep(Math.max(outcome.wait ?? 0, backoffDelay(id, failures, waits)), this.#stop.signal).catch(() => undefined);
      } else if (batch.length > 1) this.#size = Math.ceil(batch.length / 2);
      else this.#settle(1, { count: 1, why: outcome.why });
    }
  }

  async #send(batch: readonly Parcel[]): Promise<Outcome> {
    const { io, timeout, carry } = this.#options;
    try {
      return await withTimeLimit(io, timeout, (signal) => carry(batch, signal), this.#stop.signal);
    } catch (error) {
      return { ok: false, retry: true, why: explainFailure(error) };
    }
  }

  /** The first records are dealt with: taken, or refused. */
  #settle(count: number, refused: { count: number; why: string } | null): void {
    this.#waiting.splice(0, count);
    const counted = Math.max(0, count - this.#earlier);
    this.#earlier = Math.max(0, this.#earlier - count);
    const failed = Math.min(counted, refused?.count ?? 0);
    this.counters.written += counted - failed;
    this.counters.failed += failed;
    this.refused += refused?.count ?? 0;
    if (refused) this.why = refused.why;
    this.#count();
    this.#change();
  }

  #count(): void {
    this.counters.held = this.waiting - this.#earlier;
  }

  #untilChange(): Promise<void> {
    return new Promise((resolve) => this.#changed.add(resolve));
  }

  #change(): void {
    const waiting = this.#changed;
    this.#changed = new Set();
    for (const resolve of waiting) resolve();
  }
}
