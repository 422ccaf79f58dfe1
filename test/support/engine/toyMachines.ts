import type { DeskMachine } from '../../../src/engine/roles/desk.ts';
import type { PartitionMachine } from '../../../src/engine/roles/partition.ts';
import { SetBack } from '../../../src/engine/roles/setBack.ts';
import type { Feed } from '../../../src/engine/roles/sequencer.ts';

/** A record: a key and a value. */
export type Toy = [key: number, value: number];

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const decode = <T>(bytes: Uint8Array): T => JSON.parse(Buffer.from(bytes).toString()) as T;

/** What fails at a record, once in each message and place that it is not known of. */
class Failing {
  readonly #known = new Set<string>();
  readonly #messages = new Set<number>();

  /** Whether it is known to fail there. Throws where it fails and was not known to. */
  at(n: number, place: number, fails: boolean): boolean {
    if (!fails || this.#known.has(`${n} ${place}`)) return fails;
    this.#known.add(`${n} ${place}`);
    this.#messages.add(n);
    throw new SetBack(`at ${n} ${place}`);
  }

  isIn(n: number): boolean {
    return this.#messages.has(n);
  }
}

/** Where the sums fail, which then do as if it had not come, and where the desk does. */
const isBad = ([, value]: Toy): boolean => value % 10 === 3;
const isBadBehind = ([, value]: Toy): boolean => value % 10 === 7;
/** In place of a sum that was not made. */
const aside = -1;

/** Sums by key, told at each record. The order of what it does matters. It fails half-way through its work. */
function sum(sums: Map<number, number>, records: readonly Toy[], factor: number, failing: (place: number) => boolean): number[] {
  return records.map((record, place) => {
    const [key, value] = record;
    const before = sums.get(key);
    const now = ((before ?? 1) * factor + value) % 100_003;
    sums.set(key, now);
    if (!isBad(record) || !failing(place)) return now;
    if (before === undefined) sums.delete(key);
    else sums.set(key, before);
    return aside;
  });
}

export class ToyPartition implements PartitionMachine {
  readonly #factor: number;
  #sums = new Map<number, number>();
  readonly #changed = new Set<number>();
  readonly #failing = new Failing();

  constructor(factor = 31) {
    this.#factor = factor;
  }

  load(state: readonly Uint8Array[] | null): void {
    this.#sums = joinSums(state ?? []);
  }

  step(content: Uint8Array, n: number): Uint8Array {
    const records = decode<Toy[]>(content);
    for (const [key] of records) this.#changed.add(key);
    return encode(sum(this.#sums, records, this.#factor, (place) => this.#failing.at(n, place, true)));
  }

  suspects(n: number): boolean {
    return this.#failing.isIn(n);
  }

  save(all: boolean): Uint8Array {
    const sums = [...this.#sums].filter(([key]) => all || this.#changed.has(key));
    this.#changed.clear();
    return encode(sums);
  }
}

const joinSums = (pieces: readonly Uint8Array[]): Map<number, number> => new Map(pieces.flatMap((piece) => decode<Toy[]>(piece)));

interface SavedDesk {
  count: number;
  /** Sums by key, where it has gathered them. */
  own: Toy[] | null;
}

/** What another number of partitions goes on from. */
export function splitWhole(whole: Uint8Array, partitions: number): { desk: Uint8Array; partitions: Uint8Array[] } {
  const { count, own } = decode<SavedDesk>(whole);
  const parts = Array.from({ length: partitions }, (_, p) => encode(own!.filter(([key]) => key % partitions === p)));
  return { desk: encode({ count, own: null } satisfies SavedDesk), partitions: parts };
}

/** Numbers what its partitions give, in the order of the records. */
export class ToyDesk implements DeskMachine {
  readonly #partitions: number;
  readonly #factor: number;
  #count = 0;
  #own: Map<number, number> | null = null;
  /** What was split and is not merged. */
  #split: { records: Toy[]; n: number }[] = [];
  readonly #failing = new Failing();
  /** It is all there is, and knows at once what fails. */
  readonly #isAlone: boolean;

  constructor(partitions: number, factor = 31) {
    this.#partitions = partitions;
    this.#factor = factor;
    this.#isAlone = partitions === 0;
    if (this.#isAlone) this.#own = new Map();
  }

  load(state: Uint8Array | null): void {
    this.#count = state ? decode<SavedDesk>(state).count : 0;
    this.#own = null;
    this.#split = [];
  }

  split(content: Uint8Array, n = 0): Uint8Array[] {
    const records = decode<Toy[]>(content);
    this.#split.push({ records, n });
    // Of some messages partitions hear nothing.
    if (this.#own || records.length === 0) return [];
    return Array.from({ length: this.#partitions }, (_, p) => encode(records.filter(([key]) => key % this.#partitions === p)));
  }

  merge(outputs: readonly Uint8Array[]): Uint8Array | null {
    const { records, n } = this.#split.shift()!;
    const fails = (place: number): boolean => this.#isAlone || this.#failing.at(n, place, true);
    const given = outputs.map((output) => decode<number[]>(output));
    const results = this.#own
      ? sum(this.#own, records, this.#factor, fails)
      : records.map(([key]) => given[key % this.#partitions]!.shift()!);
    const lines = results.map((result, place) => {
      this.#count += 1;
      const isAside = result === aside || (isBadBehind(records[place]!) && fails(place));
      return `${this.#count}:${isAside ? 'aside' : result}\n`;
    });
    return lines.length > 0 ? Buffer.from(lines.join('')) : null;
  }

  gather(states: readonly (readonly Uint8Array[])[]): void {
    this.#own = new Map(states.flatMap((pieces) => [...joinSums(pieces)]));
  }

  memories(): Uint8Array {
    return encode([...this.#own!]);
  }

  suspects(n: number): boolean {
    return this.#failing.isIn(n);
  }

  end(): Uint8Array {
    const sums = [...this.#own!].toSorted(([a], [b]) => a - b);
    return Buffer.from(`end of ${this.#count}: ${JSON.stringify(sums)}\n`);
  }

  save(): Uint8Array {
    if (this.#split.length > 0) throw new Error('something is under way');
    const { count, own } = { count: this.#count, own: this.#own && [...this.#own] };
    return encode({ count, own } satisfies SavedDesk);
  }
}

/** A record of the unfinished end of a file, as it is before the file has grown. */
const unfinished = ([key, value]: Toy): Toy => [key, value + 1000];

/** A file of records, of which the last ones count, cut short as they are, only until it has grown. */
export class ToyFeed implements Feed {
  readonly #records: readonly Toy[];
  readonly #unfinished: number;
  readonly #cut: () => number;
  readonly #stop: AbortSignal | undefined;
  #at = 0;

  /**
   * @param cut how many records the next message has, at least 1
   * @param stop aborted to give no more
   */
  constructor(records: readonly Toy[], unfinished: number, cut: () => number, stop?: AbortSignal) {
    this.#records = records;
    this.#unfinished = unfinished;
    this.#cut = cut;
    this.#stop = stop;
  }

  load(state: Uint8Array | null): void {
    this.#at = state ? decode<number>(state) : 0;
  }

  replay(content: Uint8Array): void {
    this.#at += decode<Toy[]>(content).length;
  }

  async *messages(signal: AbortSignal): ReturnType<Feed['messages']> {
    const whole = this.#records.length - this.#unfinished;
    const isOver = () => signal.aborted || this.#stop?.aborted === true;
    while (this.#at < whole && !isOver()) {
      const from = this.#at;
      this.#at = Math.min(whole, from + this.#cut());
      yield { content: encode(this.#records.slice(from, this.#at)), flag: '' };
      if (this.#cut() === 1) yield { content: encode([]), flag: '' };
    }
    for (const record of this.#records.slice(whole)) {
      if (isOver()) return;
      yield { content: encode([unfinished(record)]), flag: 'provisional' };
    }
    if (isOver()) return;
    yield { content: new Uint8Array(0), flag: 'end' };
  }

  save(): Uint8Array {
    return encode(this.#at);
  }

  async commit(): Promise<void> {
    // A file need not know.
  }
}

/** What one process writes; with two factors, where it goes on by the second behind so many records. */
export function runAlone(records: readonly Toy[], notFinished: number, [before, behind] = [31, 31], switched = records.length): string {
  const whole = records.length - notFinished;
  const all = [...records.slice(0, whole), ...records.slice(whole).map(unfinished)];
  const first = new ToyDesk(0, before);
  first.split(encode(all.slice(0, switched)));
  const out = Buffer.from(first.merge([]) ?? []).toString();
  if (switched >= records.length) return out + Buffer.from(first.end()).toString();
  const saved = JSON.parse(Buffer.from(first.save()).toString()) as SavedDesk;
  const second = new ToyDesk(0, behind);
  second.load(encode(saved));
  second.gather([[encode(saved.own)]]);
  second.split(encode(all.slice(switched)));
  return out + Buffer.from(second.merge([]) ?? []).toString() + Buffer.from(second.end()).toString();
}
