import type { Json } from '../../src/event.ts';
import type { Ticker } from './clock.ts';
import { DueHeap } from './dueHeap.ts';
import { Keys, memorySpill, type Held, type Spill } from './keys.ts';
import type { Emit, Flow, Machine, MachineSpec } from './machine.ts';

export type { Spill } from './keys.ts';

/** A machine threw: names the operator, the key and the signal, so that a run can set a poison record aside. */
export class MachineFailure extends Error {
  override readonly name = 'MachineFailure';
  /** By name: the bundled program and a module it loads each have a copy of the class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'MachineFailure';
  }

  readonly operator: string;
  readonly signal: Flow | null;
  constructor(operator: string, signal: Flow | null, cause: unknown) {
    super(`operator ${operator} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.operator = operator;
    this.signal = signal;
  }
}

/** in = forwarded + consumed; `refused` counts those of them whose key was refused, `emitted` what the machine added. */
export interface OperatorCounters {
  in: number;
  forwarded: number;
  consumed: number;
  refused: number;
  emitted: number;
  evicted: number;
}

interface SavedInstance {
  [name: string]: Json;
  keys: [string, number | null, Json][];
  spilled: string[];
}

/** One operator in one subscription: its keys, its due times, its counters. */
export class Instance implements Ticker {
  readonly spec: MachineSpec;
  readonly options: unknown;
  readonly counters: OperatorCounters = { in: 0, forwarded: 0, consumed: 0, refused: 0, emitted: 0, evicted: 0 };
  /** Outside a run the operator's own input is its clock. */
  ownClock = false;
  readonly #machine: Machine<unknown>;
  readonly #keys: Keys<unknown>;
  readonly #dues = new DueHeap();
  readonly #out: Emit<Flow>;
  readonly #emit: Emit<Flow>;
  readonly #accepts: ReadonlySet<string> | null;
  readonly #idle: number;
  #swept = Number.NEGATIVE_INFINITY;
  #now = Number.NEGATIVE_INFINITY;

  constructor(spec: MachineSpec, options: unknown, out: Emit<Flow>, spill: Spill = memorySpill()) {
    this.spec = spec;
    this.options = options;
    this.#machine = spec.machine(options);
    this.#out = out;
    this.#emit = (signal) => {
      this.counters.emitted += 1;
      out(signal);
    };
    this.#accepts = spec.accepts ? new Set(spec.accepts) : null;
    const { maxGroups = Number.POSITIVE_INFINITY, idleExpiry } = options as { maxGroups?: number; idleExpiry?: number };
    this.#idle = idleExpiry ?? Number.POSITIVE_INFINITY;
    this.#keys = new Keys(this.#machine, { maxGroups, onEvict: spec.onEvict ?? 'close', spill });
  }

  get nextDue(): number {
    return this.#dues.nextTime;
  }

  /** Keys held in memory. */
  get size(): number {
    return this.#keys.held.size;
  }

  take(signal: Flow): void {
    const { counters } = this;
    counters.in += 1;
    if (this.ownClock && signal.time > this.#now) this.#advance(signal.time);
    const accepted = this.#accepts === null || this.#accepts.has(signal.kind);
    if (!accepted || !this.spec.consume) {
      counters.forwarded += 1;
      this.#out(signal);
    } else {
      counters.consumed += 1;
    }
    if (accepted) this.#step(signal);
  }

  tickFirst(): void {
    const first = this.#dues.first();
    if (!first) return;
    const held = this.#keys.get(first.key, Number.NEGATIVE_INFINITY)!;
    this.#guard(null, () => this.#machine.tick?.(held.state, first.time, this.#emit));
    const due = this.#machine.due?.(held.state) ?? null;
    if (due !== null && due <= first.time) {
      throw new MachineFailure(this.spec.name, null, new Error(`due ${due} is not beyond its tick at ${first.time}`));
    }
    this.#dues.set(first.key, due);
    this.#evict(first.time);
  }

  /** Closes every key, in key order. */
  end(): void {
    if (!this.#machine.end) return;
    for (const key of this.#keys.all()) {
      const held = this.#keys.get(key, Number.NEGATIVE_INFINITY)!;
      this.#guard(null, () => this.#machine.end!(held.state, this.#emit));
      this.#dues.set(key, this.#machine.due?.(held.state) ?? null);
      this.#evict(Number.NEGATIVE_INFINITY);
    }
  }

  /** Texts whose vectors are lacking, by key. */
  wants(): Map<string, string[]> {
    const wanted = new Map<string, string[]>();
    if (!this.#machine.wants) return wanted;
    for (const [key, held] of this.#keys.held) {
      const texts = this.#machine.wants(held.state);
      if (texts.length > 0) wanted.set(key, texts);
    }
    return wanted;
  }

  save(): Json {
    const keys = [...this.#keys.held].toSorted(([, a], [, b]) => a.touched - b.touched);
    return {
      keys: keys.map(([key, { state, seen }]) => [key, Number.isFinite(seen) ? seen : null, this.#keys.toJson(state)]),
      spilled: [...this.#keys.spilled].toSorted(),
    };
  }

  load(json: Json): void {
    const { keys, spilled } = json as SavedInstance;
    for (const [key, seen, state] of keys) {
      const working = this.#keys.fromJson(state);
      this.#keys.restore(key, working, seen ?? Number.NEGATIVE_INFINITY);
      this.#dues.set(key, this.#machine.due?.(working) ?? null);
    }
    for (const key of spilled) {
      this.#keys.spilled.add(key);
      // Its due time is inside the spilled state: look once, and put it back.
      const held = this.#keys.get(key, Number.NEGATIVE_INFINITY)!;
      this.#dues.set(key, this.#machine.due?.(held.state) ?? null);
      this.#keys.spill(key);
    }
  }

  #step(signal: Flow): void {
    const key = this.spec.keyed ? signal.key : '';
    const held = this.#keys.get(key, signal.time);
    if (!held) {
      this.#refuse(signal);
      return;
    }
    try {
      this.#machine.step(held.state, signal, this.#emit);
    } catch (error) {
      throw new MachineFailure(this.spec.name, signal, error);
    }
    if (this.#machine.due) this.#dues.set(key, this.#machine.due(held.state));
    if (this.spec.keyed) this.#evict(signal.time);
  }

  #refuse(signal: Flow): void {
    this.counters.refused += 1;
    const rejected = {
      source: this.spec.name,
      reason: `key refused: ${this.#keys.held.size} keys are held, which is max_groups`,
      place: {},
      original: JSON.stringify(signal).slice(0, 4096),
    };
    this.#out({ kind: 'rejected', time: signal.time, key: signal.key, rejected } as Flow);
  }

  #evict(now: number): void {
    for (const key of this.#keys.surplus()) this.#leave(key, this.#keys.held.get(key)!);
    if (now - this.#swept < this.#idle / 4 || !Number.isFinite(this.#idle)) return;
    this.#swept = now;
    for (const [key, held] of [...this.#keys.held]) if (now - held.seen > this.#idle) this.#leave(key, held);
  }

  #leave(key: string, held: Held<unknown>): void {
    this.counters.evicted += 1;
    if (this.spec.onEvict === 'spill') {
      this.#keys.spill(key);
      return;
    }
    this.#guard(null, () => this.#machine.end?.(held.state, this.#emit));
    this.#dues.set(key, null);
    this.#keys.held.delete(key);
  }

  #advance(time: number): void {
    while (this.nextDue <= time) this.tickFirst();
    this.#now = time;
  }

  #guard(signal: Flow | null, work: () => void): void {
    try {
      work();
    } catch (error) {
      throw error instanceof MachineFailure ? error : new MachineFailure(this.spec.name, signal, error);
    }
  }
}
