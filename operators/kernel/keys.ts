import type { Json } from '../../src/event.ts';
import type { Machine, OnEvict } from './machine.ts';

/** Where evicted keys go and come back from. Calls are synchronous: a machine never waits. */
export interface Spill {
  put(key: string, state: Json): void;
  take(key: string): Json | undefined;
}

export interface Held<State> {
  state: State;
  /** Event time of the last signal. */
  seen: number;
  /** Order of the last touch, for least-recently-used eviction. */
  touched: number;
}

export interface KeysOptions {
  maxGroups: number;
  onEvict: OnEvict;
  spill: Spill;
}

/** In plain code there is no disk to spill to: the states are kept as JSON text, a fraction of their working size. */
export function memorySpill(): Spill {
  const texts = new Map<string, string>();
  return {
    put: (key, state) => void texts.set(key, JSON.stringify(state)),
    take(key) {
      const text = texts.get(key);
      texts.delete(key);
      return text === undefined ? undefined : (JSON.parse(text) as Json);
    },
  };
}

/** The states of a keyed operator, bounded by `maxGroups`. Nothing held is ever dropped silently. */
export class Keys<State> {
  readonly held = new Map<string, Held<State>>();
  /** Keys that are on disk. */
  readonly spilled = new Set<string>();
  #touches = 0;
  readonly #machine: Machine<State>;
  readonly #options: KeysOptions;

  constructor(machine: Machine<State>, options: KeysOptions) {
    this.#machine = machine;
    this.#options = options;
  }

  /** The state of a key, started or brought back from disk as needed; undefined when the key is refused. */
  get(key: string, time: number): Held<State> | undefined {
    const known = this.held.get(key) ?? this.#arrive(key);
    if (!known) return undefined;
    if (time > known.seen) known.seen = time;
    known.touched = ++this.#touches;
    return known;
  }

  /** Keys that must go so that `maxGroups` holds, least recently touched first; a tenth at a time to spread the cost. */
  surplus(): string[] {
    if (this.held.size <= this.#options.maxGroups || this.#options.onEvict === 'refuse') return [];
    const many = this.held.size - this.#options.maxGroups + Math.floor(this.#options.maxGroups / 10);
    const oldest = [...this.held].toSorted(([, a], [, b]) => a.touched - b.touched);
    return oldest.slice(0, Math.min(many, oldest.length - 1)).map(([key]) => key);
  }

  spill(key: string): void {
    const held = this.held.get(key);
    if (!held) return;
    this.#options.spill.put(key, { seen: held.seen, state: this.toJson(held.state) });
    this.held.delete(key);
    this.spilled.add(key);
  }

  /** Every key, in memory or on disk, in order. */
  all(): string[] {
    return [...this.held.keys(), ...this.spilled].toSorted();
  }

  toJson(state: State): Json {
    return this.#machine.save ? this.#machine.save(state) : (state as Json);
  }

  fromJson(json: Json): State {
    return this.#machine.load ? this.#machine.load(json) : (json as State);
  }

  /** Puts a restored state in place. */
  restore(key: string, state: State, seen: number): void {
    this.held.set(key, { state, seen, touched: ++this.#touches });
  }

  #arrive(key: string): Held<State> | undefined {
    let state: State | undefined;
    let seen = Number.NEGATIVE_INFINITY;
    if (this.spilled.has(key)) {
      const back = this.#options.spill.take(key) as { seen: number; state: Json } | undefined;
      if (back === undefined) throw new Error(`the spilled state of key ${JSON.stringify(key)} is missing`);
      this.spilled.delete(key);
      state = this.fromJson(back.state);
      seen = back.seen;
    } else {
      if (this.#options.onEvict === 'refuse' && this.held.size >= this.#options.maxGroups) return undefined;
      state = this.#machine.start(key);
    }
    const held = { state, seen, touched: 0 };
    this.held.set(key, held);
    return held;
  }
}
