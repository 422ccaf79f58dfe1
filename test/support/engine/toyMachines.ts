import type { DeskMachine } from '../../../src/engine/roles/desk.ts';
import type { PartitionMachine } from '../../../src/engine/roles/partition.ts';
import type { Feed } from '../../../src/engine/roles/sequencer.ts';

/** A record: a key and a value. */
export type Toy = [key: number, value: number];

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const decode = <T>(bytes: Uint8Array): T => JSON.parse(Buffer.from(bytes).toString()) as T;

/** Sums by key, told at each record. The order of what it does matters. */
function sum(sums: Map<number, number>, records: readonly Toy[]): number[] {
  return records.map(([key, value]) => {
    const now = ((sums.get(key) ?? 1) * 31 + value) % 100_003;
    sums.set(key, now);
    return now;
  });
}

export class ToyPartition implements PartitionMachine {
  #sums = new Map<number, number>();
  readonly #changed = new Set<number>();

  load(state: readonly Uint8Array[] | null): void {
    this.#sums = joinSums(state ?? []);
  }

  step(content: Uint8Array): Uint8Array {
    const records = decode<Toy[]>(content);
    for (const [key] of records) this.#changed.add(key);
    return encode(sum(this.#sums, records));
  }

  save(all: boolean): Uint8Array {
    const sums = [...this.#sums].filter(([key]) => all || this.#changed.has(key));
    this.#changed.clear();
    return encode(sums);
  }
}

const joinSums = (pieces: readonly Uint8Array[]): Map<number, number> => new Map(pieces.flatMap((piece) => decode<Toy[]>(piece)));

/** Numbers what its partitions give, in the order of the records. */
export class ToyDesk implements DeskMachine {
  readonly #partitions: number;
  #count = 0;
  #own: Map<number, number> | null = null;
  /** What was split and is not merged. */
  #split: Toy[][] = [];

  constructor(partitions: number) {
    this.#partitions = partitions;
    if (partitions === 0) this.#own = new Map();
  }

  load(state: Uint8Array | null): void {
    this.#count = state ? decode<number>(state) : 0;
    this.#own = null;
    this.#split = [];
  }

  split(content: Uint8Array): Uint8Array[] {
    const records = decode<Toy[]>(content);
    this.#split.push(records);
    // Of some messages partitions hear nothing.
    if (this.#own || records.length === 0) return [];
    return Array.from({ length: this.#partitions }, (_, p) => encode(records.filter(([key]) => key % this.#partitions === p)));
  }

  merge(outputs: readonly Uint8Array[]): Uint8Array | null {
    const records = this.#split.shift()!;
    const given = outputs.map((output) => decode<number[]>(output));
    const results = this.#own ? sum(this.#own, records) : records.map(([key]) => given[key % this.#partitions]!.shift()!);
    const lines = results.map((result) => `${(this.#count += 1)}:${result}\n`);
    return lines.length > 0 ? Buffer.from(lines.join('')) : null;
  }

  gather(states: readonly (readonly Uint8Array[])[]): void {
    this.#own = new Map(states.flatMap((pieces) => [...joinSums(pieces)]));
  }

  end(): Uint8Array {
    const sums = [...this.#own!].toSorted(([a], [b]) => a - b);
    return Buffer.from(`end of ${this.#count}: ${JSON.stringify(sums)}\n`);
  }

  save(): Uint8Array {
    if (this.#split.length > 0) throw new Error('something is under way');
    return encode(this.#count);
  }
}

/** A record of the unfinished end of a file, as it is before the file has grown. */
const unfinished = ([key, value]: Toy): Toy => [key, value + 1000];

/** A file of records, of which the last ones count, cut short as they are, only until it has grown. */
export class ToyFeed implements Feed {
  readonly #records: readonly Toy[];
  readonly #unfinished: number;
  readonly #cut: () => number;
  #at = 0;

  /** @param cut how many records the next message has, at least 1 */
  constructor(records: readonly Toy[], unfinished: number, cut: () => number) {
    this.#records = records;
    this.#unfinished = unfinished;
    this.#cut = cut;
  }

  load(state: Uint8Array | null): void {
    this.#at = state ? decode<number>(state) : 0;
  }

  replay(content: Uint8Array): void {
    this.#at += decode<Toy[]>(content).length;
  }

  async *messages(signal: AbortSignal): ReturnType<Feed['messages']> {
    const whole = this.#records.length - this.#unfinished;
    while (this.#at < whole && !signal.aborted) {
      const from = this.#at;
      this.#at = Math.min(whole, from + this.#cut());
      yield { content: encode(this.#records.slice(from, this.#at)), flag: '' };
      if (this.#cut() === 1) yield { content: encode([]), flag: '' };
    }
    if (signal.aborted) return;
    for (const record of this.#records.slice(whole)) yield { content: encode([unfinished(record)]), flag: 'provisional' };
    yield { content: new Uint8Array(0), flag: 'end' };
  }

  save(): Uint8Array {
    return encode(this.#at);
  }

  async commit(): Promise<void> {
    // A file need not know.
  }
}

/** What one process writes. */
export function runAlone(records: readonly Toy[], notFinished: number): string {
  const whole = records.length - notFinished;
  const desk = new ToyDesk(0);
  desk.split(encode([...records.slice(0, whole), ...records.slice(whole).map(unfinished)]));
  const out = desk.merge([]);
  return Buffer.from(out ?? []).toString() + Buffer.from(desk.end()).toString();
}
