import { mix32 } from '../../base/digest.ts';
import { copyTemplate } from './copyTemplate.ts';

/** Registers of the distinct counter: 2^8, standard error 1.04 / sqrt(256) = 6.5 %. */
const REGISTER_BITS = 8;
const REGISTERS = 1 << REGISTER_BITS;
/** 2^-rank. */
const shares = Float64Array.from({ length: 34 }, (_, rank) => 2 ** -rank);
/** A full table looks at one new value in this many: enough to notice a value that becomes common. */
const ADMIT_EVERY = 8;
/** Characters of a value that are kept. */
const VALUE_LENGTH = 200;

export interface SavedSlot {
  types: number;
  total: number;
  values: [string, number, number][];
  registers?: string;
}

/**
 * What was seen in one variable position: values with counts, how many distinct, of which types. Exact until more
 * distinct values come than `capacity`; then the counts of frequent values are lower bounds and `distinct` is an
 * estimate (HyperLogLog, Flajolet et al. 2007).
 */
export class SlotStats {
  types = 0;
  total = 0;
  readonly #capacity: number;
  #hashes: number[] = [];
  /** A bit for each value of the lowest five bits of the hashes. */
  #low = 0;
  #counts: number[] = [];
  #texts: string[] = [];
  #registers: Uint8Array | null = null;
  #estimate = 0;
  #estimatedAt = -1;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Counts a value by its hash; the place in the table that wants its text (see `name`), or -1. */
  count(hash: number, types: number, times = 1): number {
    this.types |= types;
    this.total += times;
    const hashes = this.#hashes;
    // Fresh ids need no search: the low bits of those that are named tell most of them.
    if (this.#low & (1 << hash)) {
      for (let i = 0; i < hashes.length; i++) {
        if (hashes[i] === hash) {
          this.#counts[i]! += times;
          return -1;
        }
      }
    }
    if (hashes.length < this.#capacity) {
      this.#low |= 1 << hash;
      if (hashes.length === 0) {
        // Most slots of most groups see one value: an array that has grown has room for sixteen more.
        this.#hashes = [hash];
        this.#counts = [times];
        return 0;
      }
      this.#counts.push(times);
      return hashes.push(hash) - 1;
    }
    // A full table looks at few new values: a stream of fresh ids costs next to nothing.
    this.#registers ??= this.#registersOfValues();
    registerIn(this.#registers, hash);
    return times > 1 || this.total % ADMIT_EVERY === 0 ? this.#replaceRarest(hash, times) : -1;
  }

  /** Remembers the text of the value that `count` has just given this place. */
  name(place: number, text: string): void {
    const kept = copyTemplate(text.slice(0, VALUE_LENGTH));
    if (this.#texts.length === 0) this.#texts = [kept];
    else this.#texts[place] = kept;
  }

  /** Counts a value whose text is at hand. */
  add(text: string, hash: number, types: number, times = 1): void {
    const place = this.count(hash, types, times);
    if (place >= 0) this.name(place, text);
  }

  /** How many distinct values were seen. */
  get distinct(): number {
    if (!this.#registers) return this.#hashes.length;
    // Asked several times for one page: nothing has changed until something is counted.
    if (this.#estimatedAt !== this.total) this.#estimate = this.#estimated(this.#registers);
    this.#estimatedAt = this.total;
    return this.#estimate;
  }

  #estimated(registers: Uint8Array): number {
    let sum = 0;
    let zeros = 0;
    for (let i = 0; i < REGISTERS; i++) {
      sum += shares[registers[i]!]!;
      if (registers[i] === 0) zeros++;
    }
    const raw = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum;
    const estimate = raw <= 2.5 * REGISTERS && zeros > 0 ? REGISTERS * Math.log(REGISTERS / zeros) : raw;
    return Math.max(this.#hashes.length, Math.min(this.total, Math.round(estimate)));
  }

  /** Most frequent first; equal counts in alphabetic order. */
  top(n: number): { value: string; count: number }[] {
    return this.#texts
      .map((value, i) => ({ value, count: this.#counts[i]! }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, n);
  }

  /** Takes in everything another slot saw. */
  absorb(other: SlotStats): void {
    const before = this.total;
    other.#texts.forEach((text, i) => this.add(text, other.#hashes[i]!, 0, other.#counts[i]!));
    if (other.#registers) {
      this.#registers ??= this.#registersOfValues();
      for (let i = 0; i < REGISTERS; i++) this.#registers[i] = Math.max(this.#registers[i]!, other.#registers[i]!);
    }
    this.#estimatedAt = -1;
    this.types |= other.types;
    this.total = before + other.total;
  }

  save(): SavedSlot {
    const values = this.#texts.map((text, i): [string, number, number] => [text, this.#hashes[i]!, this.#counts[i]!]);
    // One letter a register: ranks stay below 26.
    const registers = this.#registers ? String.fromCharCode(...this.#registers.map((r) => r + 97)) : undefined;
    return { types: this.types, total: this.total, values, ...(registers === undefined ? {} : { registers }) };
  }

  static load(saved: SavedSlot, capacity: number): SlotStats {
    const slot = new SlotStats(capacity);
    slot.types = saved.types;
    slot.total = saved.total;
    for (const [text, hash, count] of saved.values) {
      slot.#texts.push(text);
      slot.#hashes.push(hash);
      slot.#counts.push(count);
    }
    slot.#low = lowBits(slot.#hashes);
    if (saved.registers !== undefined) slot.#registers = Uint8Array.from(saved.registers, (c) => c.charCodeAt(0) - 97);
    return slot;
  }

  /** The rarest entry loses as much as the new value brings, and its place when nothing is left. */
  #replaceRarest(hash: number, times: number): number {
    const counts = this.#counts;
    let rarest = 0;
    for (let i = 1; i < counts.length; i++) if (counts[i]! < counts[rarest]!) rarest = i;
    const left = counts[rarest]! - times;
    if (left > 0) {
      counts[rarest] = left;
      return -1;
    }
    this.#hashes[rarest] = hash;
    this.#low = lowBits(this.#hashes);
    counts[rarest] = Math.max(1, -left);
    return rarest;
  }

  #registersOfValues(): Uint8Array {
    const registers = new Uint8Array(REGISTERS);
    for (const hash of this.#hashes) registerIn(registers, hash);
    return registers;
  }
}

const lowBits = (hashes: readonly number[]): number => hashes.reduce((bits, hash) => bits | (1 << hash), 0);

function registerIn(registers: Uint8Array, hash: number): void {
  const x = mix32(hash);
  const at = x >>> (32 - REGISTER_BITS);
  const rank = Math.clz32((x << REGISTER_BITS) | (1 << (REGISTER_BITS - 1))) + 1;
  if (rank > registers[at]!) registers[at] = rank;
}
