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

  load(state: Uint8Array | null): void {
    this.#sums = new Map(state ? decode<Toy[]>(state) : []);
  }

  step(content: Uint8Array): Uint8Array {
    return encode(sum(this.#sums, decode<Toy[]>(content)));
  }

  save(): Uint8Array {
    return encode([...this.#sums]);
  }
}

/** Numbers what its partitions give, in the order of the records. */
export class ToyDesk implements DeskMachine {
  readonly #partitions: number;
  #count = 0;
  #own: Map<number, number> | null = null;

  constructor(partitions: number) {
    this.#partitions = partitions;
    if (partitions === 0) this.#own = new Map();
  }

  load(state: Uint8Array | null): void {
    this.#count = state ? decode<number>(state) : 0;
    this.#own = null;
  }

  split(content: Uint8Array): Uint8Array[] {
    if (this.#own) return [];
    const records = decode<Toy[]>(content);
    return Array.from({ length: this.#partitions }, (_, p) => encode(records.filter(([key]) => key % this.#partitions === p)));
  }

  merge(content: Uint8Array, outputs: readonly Uint8Array[]): Uint8Array | null {
    const records = decode<Toy[]>(content);
    const given = outputs.map((output) => decode<number[]>(output));
    const results = this.#own ? sum(this.#own, records) : records.map(([key]) => given[key % this.#partitions]!.shift()!);
    const lines = results.map((result) => `${(this.#count += 1)}:${result}\n`);
    return lines.length > 0 ? Buffer.from(lines.join('')) : null;
  }

  gather(states: readonly Uint8Array[]): void {
    this.#own = new Map(states.flatMap((state) => decode<Toy[]>(state)));
  }

  end(): Uint8Array {
    const sums = [...this.#own!].toSorted(([a], [b]) => a - b);
    return Buffer.from(`end of ${this.#count}: ${JSON.stringify(sums)}\n`);
  }

  save(): Uint8Array {
    return encode(this.#count);
  }
}

/** A file of records, of which the last ones count only until it has grown. */
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

  async *messages(): ReturnType<Feed['messages']> {
    const whole = this.#records.length - this.#unfinished;
    while (this.#at < whole) {
      const from = this.#at;
      this.#at = Math.min(whole, from + this.#cut());
      yield { content: encode(this.#records.slice(from, this.#at)), flag: '' };
    }
    for (let at = whole; at < this.#records.length; at += 1) yield { content: encode([this.#records[at]]), flag: 'provisional' };
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
export function runAlone(records: readonly Toy[]): string {
  const desk = new ToyDesk(0);
  const out = desk.merge(encode(records), []);
  return Buffer.from(out ?? []).toString() + Buffer.from(desk.end()).toString();
}
