import { Instance } from '../../kernel/instance.ts';
import { MachineFailure, type Flow, type OperatorCounters, type SavedInstance } from '../../kernel/defineOperator.ts';
import type { MachineSpec } from '../../kernel/machine.ts';
import { toSaved } from '../../base/saved.ts';
import { Marks } from './marks.ts';
import { many, type Failed, type Output, type PartitionBatch, type PartitionOutput, type TickOutput } from './partition.ts';

/**
 * Does the work of an operator for a part of its keys, a batch at a time. It ticks before each of its own signals and at the
 * end of a batch; since a key's state follows from its own signals and ticks alone, each key gives what it gives where one
 * operator holds them all, and `PartedOperator` puts that in the same order.
 */
export class PartitionHost {
  readonly #spec: MachineSpec;
  readonly #options: unknown;
  #instance: Instance;
  #now = Number.NEGATIVE_INFINITY;
  /** What the work under way gave so far: a mark alone while it is no more than that, which is so of nearly every signal. */
  #only: number | null = null;
  #outputs: Output[] | null = null;
  #marks = new Marks();
  #given: Flow | null = null;
  /** What it failed at last, and at which signal of the batch; null for a tick. It does nothing any more. */
  failed: { failed: Failed; place: number | null } | null = null;
  #counted: OperatorCounters = noCounters();

  constructor(spec: MachineSpec, options: unknown) {
    this.#spec = spec;
    this.#options = options;
    this.#instance = this.#start();
  }

  get instance(): Instance {
    return this.#instance;
  }

  load(saved: SavedInstance, now: number): void {
    this.#instance = this.#start();
    this.#instance.load(toSaved(saved));
    this.#now = now;
    this.#counted = { ...this.#instance.counters };
  }

  /** @param aside what the operator fails at, by place in the batch: it does not get those */
  work({ signals, records, before, behind }: PartitionBatch, aside?: ReadonlyMap<number, Failed>): PartitionOutput {
    this.#marks = new Marks();
    const results = new Int32Array(signals.length);
    const several: (readonly Output[])[] = [];
    const ticks: TickOutput[] = [];
    for (let i = 0; i < signals.length && !this.failed; i += 1) {
      this.#advance(before[i]!, i === 0 ? -1 : records[i - 1]!, ticks);
      if (this.failed) break;
      const failed = aside?.get(i);
      if (failed) this.#outputs = [{ failed }];
      else this.#work(signals[i]!, i);
      if (this.#outputs === null && this.#only !== null) results[i] = this.#only;
      else {
        results[i] = many;
        several.push(this.#outputs ?? []);
      }
    }
    this.#given = null;
    if (!this.failed) this.#advance(behind, records.at(-1) ?? -1, ticks);
    return { results, names: this.#marks.names, several, ticks, counters: this.#countersSince() };
  }

  #advance(time: number, after: number, ticks: TickOutput[]): void {
    if (!(time > this.#now)) return;
    const instance = this.#instance;
    while (instance.nextDue <= time && !this.failed) {
      const first = instance.firstDue!;
      this.#work(null, null);
      if (this.#outputs !== null) ticks.push({ ...first, after, outputs: this.#outputs });
    }
    this.#now = time;
  }

  /** Takes a signal, or does the first tick that is due for null. */
  #work(signal: Flow | null, place: number | null): void {
    this.#given = signal;
    this.#only = null;
    this.#outputs = null;
    try {
      if (signal === null) this.#instance.tickFirst();
      else this.#instance.take(signal);
    } catch (error) {
      const cause = error instanceof MachineFailure ? error.cause : error;
      const { message, stack } = cause instanceof Error ? cause : { message: String(cause), stack: undefined };
      this.failed = { failed: { message, stack }, place };
      this.#give({ failed: this.failed.failed });
    }
  }

  #give(output: Output): void {
    this.#outputs ??= this.#only === null ? [] : [{ marked: this.#only }];
    this.#outputs.push(output);
  }

  #start(): Instance {
    this.#now = Number.NEGATIVE_INFINITY;
    const out = (signal: Flow) => {
      const mark = this.#given && this.#marks.of(this.#given, signal);
      if (mark === null) this.#give({ signal });
      else if (this.#only === null && this.#outputs === null) this.#only = mark;
      else this.#give({ marked: mark });
    };
    return new Instance(this.#spec, this.#spec.options.parse(this.#options ?? {}), out, () => this.#give({ others: true }));
  }

  #countersSince(): OperatorCounters {
    const { folded: _folded, ...now } = this.#instance.counters;
    const since = Object.fromEntries(Object.entries(now).map(([name, count]) => [name, count - this.#counted[name as keyof typeof now]]));
    this.#counted = now;
    return since as unknown as OperatorCounters;
  }
}

const noCounters = (): OperatorCounters => ({ in: 0, forwarded: 0, consumed: 0, refused: 0, emitted: 0, evicted: 0 });
