import type { Json } from '../event.ts';
import type { Machine, OnEvict } from './machine.ts';

/** Where evicted keys go and come back from. Calls are synchronous: a machine never waits. */
export interface Spill {
  /** Keeps a state; returns the number it is found by. */
  put(state: Json): number;
  /** Gives a kept state back. A checkpoint may still name it: only the place it is kept in knows when it can go. */
  take(number: number): Json;
  /** A kept state, which stays kept. */
  look(number: number): Json;
}

export interface Held<State> {
  state: State;
  /** Event time of the last signal. */
  seen: number;
  /** Order of the last touch, for least-recently-used eviction. */
  touched: number;
  /** The copy since whose beginning `touch` was told of it. */
  noted: number;
}

export interface KeysOptions {
  maxGroups: number;
  onEvict: OnEvict;
  spill: Spill;
  /** Told before a key changes, comes or goes. */
  touch(key: string): void;
  /** Version of the states, and how one that was spilled by an earlier version is carried over. */
  version: number;
  migrate?: ((state: Json, fromVersion: number) => Json) | undefined;
}

/** A state as it is spilled. */
export interface Spilled {
  [name: string]: Json;
  key: string;
  version: number;
  seen: number | null;
  state: Json;
}

/** In plain code there is no disk to spill to: the states are kept as JSON text, a fraction of their working size. Begins with states by their numbers. */
export function memorySpill(kept: Readonly<Record<number, Json>> = {}): Spill {
  const texts = new Map(Object.entries(kept).map(([number, state]) => [Number(number), JSON.stringify(state)]));
  let last = Math.max(0, ...texts.keys());
  const look = (number: number): Json => {
    const text = texts.get(number);
    if (text === undefined) throw new Error(`nothing was spilled under number ${number}`);
    return JSON.parse(text) as Json;
  };
  return {
    look,
    put(state) {
      texts.set((last += 1), JSON.stringify(state));
      return last;
    },
    take(number) {
      const state = look(number);
      texts.delete(number);
      return state;
    },
  };
}

/** The states of a keyed operator, bounded by `maxGroups`. Nothing held is ever dropped silently. */
export class Keys<State> {
  readonly held = new Map<string, Held<State>>();
  /** Keys that are on disk, with the number each is found by. */
  readonly spilled = new Map<string, number>();
  /** Copies begun so far: `touch` is told of a key once a copy, since a key that was touched stays so until the next. */
  copies = 0;
  #touches = 0;
  readonly #machine: Machine<State>;
  readonly #options: KeysOptions;

  constructor(machine: Machine<State>, options: KeysOptions) {
    this.#machine = machine;
    this.#options = options;
  }

  /** The state of a key, started or brought back from disk as needed; undefined when the key is refused. */
  get(key: string, time: number): Held<State> | undefined {
    let known = this.held.get(key);
    if (known === undefined || known.noted !== this.copies) {
      this.#options.touch(key);
      known ??= this.#arrive(key);
      if (!known) return undefined;
      known.noted = this.copies;
    }
    if (time > known.seen) known.seen = time;
    known.touched = ++this.#touches;
    return known;
  }

  get overfull(): boolean {
    return this.held.size > this.#options.maxGroups && this.#options.onEvict !== 'refuse';
  }

  /** Keys that must go so that `maxGroups` holds, least recently touched first; a tenth at a time to spread the cost. */
  surplus(): string[] {
    if (!this.overfull) return [];
    const many = this.held.size - this.#options.maxGroups + Math.floor(this.#options.maxGroups / 10);
    const oldest = [...this.held].toSorted(([, a], [, b]) => a.touched - b.touched);
    return oldest.slice(0, Math.min(many, oldest.length - 1)).map(([key]) => key);
  }

  spill(key: string): void {
    const held = this.held.get(key);
    if (!held) return;
    this.#options.touch(key);
    const spilled: Spilled = {
      key,
      version: this.#options.version,
      seen: Number.isFinite(held.seen) ? held.seen : null,
      state: this.toJson(held.state),
    };
    const number = this.#options.spill.put(spilled);
    this.held.delete(key);
    this.spilled.set(key, number);
  }

  /** Lets go of a key that has been closed. */
  drop(key: string): void {
    this.#options.touch(key);
    this.held.delete(key);
  }

  /** Every key, in memory or on disk, in order. */
  all(): string[] {
    return [...this.held.keys(), ...this.spilled.keys()].toSorted();
  }

  toJson(state: State): Json {
    return this.#machine.save ? this.#machine.save(state) : (state as Json);
  }

  fromJson(json: Json): State {
    return this.#machine.load ? this.#machine.load(json) : (json as State);
  }

  /** Puts a restored state in place. */
  restore(key: string, state: State, seen: number): void {
    this.held.set(key, { state, seen, touched: ++this.#touches, noted: -1 });
  }

  #arrive(key: string): Held<State> | undefined {
    const number = this.spilled.get(key);
    const held = number === undefined ? this.#start(key) : this.#back(key, number);
    if (held) this.held.set(key, held);
    return held;
  }

  #start(key: string): Held<State> | undefined {
    if (this.#options.onEvict === 'refuse' && this.held.size >= this.#options.maxGroups) return undefined;
    return { state: this.#machine.start(key), seen: Number.NEGATIVE_INFINITY, touched: 0, noted: -1 };
  }

  #back(key: string, number: number): Held<State> {
    const { version, migrate, spill } = this.#options;
    const back = spill.take(number) as Spilled;
    if (back.key !== key) throw new Error(`the spilled state ${number} is not that of key ${JSON.stringify(key)}`);
    this.spilled.delete(key);
    const state = back.version < version && migrate ? migrate(back.state, back.version) : back.state;
    return { state: this.fromJson(state), seen: back.seen ?? Number.NEGATIVE_INFINITY, touched: 0, noted: -1 };
  }
}
