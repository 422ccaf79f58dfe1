import { Queue } from './queue.ts';
import {
  MachineFailure,
  OTHERS,
  type Emit,
  type Flow,
  type Instance,
  type SavedInstance,
  type StandIn,
} from '../../kernel/defineOperator.ts';
import { hashKey, PARTITIONS } from '../../kernel/partition.ts';
import { marked } from './marks.ts';
import { many, type Failed, type Output, type PartitionOutput, type TickOutput } from './partition.ts';

/** Where a signal is worked on: not at all, with `others`, or in a partition (0 and up). */
const passes = -2;
const here = -1;

/** An output that is read in the order in which its signals went in. */
interface Reading {
  output: PartitionOutput;
  /** Signals, and of those with several results, that were taken from it. */
  taken: number;
  several: number;
}

/**
 * Stands in the chain for an operator whose keys are shared out over partitions: gives what they gave where the operator
 * would have given it. Signals come in the order of the records; ticks are done in the order of (time, key) as soon as the
 * clock asks, of those keys that stand waiting by then. The state of `others`, which belongs to no partition, is held here.
 */
export class PartedOperator implements StandIn {
  readonly instance: Instance;
  readonly #out: Emit<Flow>;
  readonly #partitions: number;
  /** Where the signals went that have not had their turn. */
  readonly #routes = new Queue<number>();
  #readings: Reading[] = [];
  /** Ticks that are not known to stand waiting yet, by the record behind which they do, the earliest last. */
  #coming: TickOutput[] = [];
  /** Ticks that stand waiting, the first to be done last. */
  #waiting: TickOutput[] = [];
  /** The keys are here again. */
  #whole = false;
  /** What comes has not been routed. */
  isAside = false;
  /** States as the partitions had them lately, held for those who look at the operator's. */
  shown: readonly unknown[] = [];

  constructor(make: (out: Emit<Flow>) => Instance, out: Emit<Flow>, partitions: number) {
    this.instance = make(out);
    this.#out = out;
    this.#partitions = partitions;
  }

  /** The partition that a key belongs to. */
  static findPartition(key: string, partitions: number): number {
    return (hashKey(key) % PARTITIONS) % partitions;
  }

  /** Which partition has to work on a signal; null for none. */
  route(signal: Flow): number | null {
    const to = this.#findRoute(signal);
    this.#routes.add(to);
    return to < 0 ? null : to;
  }

  #findRoute({ kind, key }: Flow): number {
    if (!this.instance.takes(kind)) return passes;
    return key === OTHERS ? here : PartedOperator.findPartition(key, this.#partitions);
  }

  /** Takes what the partitions gave for an arrival; all of it must have had its turn before the next is taken. */
  read(outputs: readonly PartitionOutput[]): void {
    this.#readings = outputs.map((output) => ({ output, taken: 0, several: 0 }));
    this.#coming = outputs.flatMap(({ ticks }) => ticks).toSorted((a, b) => b.after - a.after);
    const { counters } = this.instance;
    for (const { counters: more } of outputs)
      for (const name of ['in', 'forwarded', 'consumed', 'refused', 'emitted', 'evicted'] as const) counters[name] += more[name];
  }

  /** All records up to this one have had their turn (-1 for none): keys that stand waiting behind them may be ticked. */
  reach(record: number): void {
    while (this.#coming.length > 0 && this.#coming.at(-1)!.after <= record) insert(this.#waiting, this.#coming.pop()!);
  }

  get nextDue(): number {
    const own = this.instance.nextDue;
    const first = this.#waiting.at(-1);
    return first && first.time < own ? first.time : own;
  }

  tickFirst(): void {
    const own = this.instance.firstDue;
    const first = this.#waiting.at(-1);
    if (!first || (own && isBefore(own, first))) return this.instance.tickFirst();
    this.#waiting.pop();
    for (const output of first.outputs) this.#give(output, null, []);
  }

  take(signal: Flow): void {
    if (this.#whole || this.isAside) return this.instance.take(signal);
    const route = this.#routes.take();
    if (route < 0) return this.instance.take(signal);
    this.instance.began(signal.time);
    const reading = this.#readings[route]!;
    const { results, names, several } = reading.output;
    const result = results[reading.taken++]!;
    if (result !== many) return this.#out(marked(signal, result, names));
    for (const output of several[reading.several++]!) this.#give(output, signal, names);
  }

  /** What its partition failed with at the signal whose turn it is; null where it did not. */
  get failure(): MachineFailure | null {
    const route = this.#routes.peek();
    if (route === undefined || route < 0) return null;
    const { output, taken, several } = this.#readings[route]!;
    if (output.results[taken] !== many) return null;
    const failed = output.several[several]!.find((one) => 'failed' in one);
    return failed ? this.#makeFailure(failed.failed, null) : null;
  }

  /** The signal whose turn it is has none. */
  skip(): void {
    const route = this.#routes.take();
    if (route < 0) return;
    const reading = this.#readings[route]!;
    if (reading.output.results[reading.taken++] === many) reading.several += 1;
  }

  get isWhole(): boolean {
    return this.#whole;
  }

  /** Whoever looks at the states of the operator sees these, until the next come. */
  show(keys: SavedInstance['keys']): void {
    this.shown = this.instance.copies(keys);
  }

  /** The keys of the partitions, and what is known of keys without a state, are here again: from now on it works by itself. */
  gather(saved: SavedInstance): void {
    this.#whole = true;
    this.shown = [];
    this.instance.takeBack(saved);
  }

  /** What has not had its turn has none. */
  drop(): void {
    while (this.#routes.size > 0) this.#routes.take();
    this.#readings = [];
    this.#coming = [];
    this.#waiting = [];
  }

  /** The keys are in the partitions. */
  scatter(): void {
    this.#whole = false;
    this.instance.release();
  }

  #give(output: Output, given: Flow | null, names: readonly string[]): void {
    if ('signal' in output) this.#out(output.signal);
    else if ('marked' in output) this.#out(marked(given!, output.marked, names));
    else if ('others' in output) this.instance.takeOthers(given!);
    else throw this.#makeFailure(output.failed, given);
  }

  #makeFailure({ message, stack }: Failed, given: Flow | null): MachineFailure {
    return new MachineFailure(this.instance.spec.name, given, Object.assign(new Error(message), { stack }));
  }
}

const isBefore = (a: { time: number; key: string }, b: { time: number; key: string }): boolean =>
  a.time < b.time || (a.time === b.time && a.key < b.key);

/** Puts one into a list whose last is the first to be done. */
function insert(waiting: TickOutput[], one: TickOutput): void {
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(one, waiting[middle]!)) low = middle + 1;
    else high = middle;
  }
  // Behind the later ones; of those of equal time and key, which stand in their order, ahead of none.
  waiting.splice(low, 0, one);
}
