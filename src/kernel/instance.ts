// One file, because keys, due times and counters of an operator are one state, and each signal touches all of them.
import type { Json } from '../event.ts';
import type { Ticker } from './clock.ts';
import { DueHeap } from './dueHeap.ts';
import { KeyCopy } from './keyCopy.ts';
import { Keys, memorySpill, type Held, type Spill } from './keys.ts';
import type { Emit, Flow, Machine, MachineSpec } from './machine.ts';
import { MachineFailure } from './machineFailure.ts';
import type { CopiedKey, SavedInstance } from './savedInstance.ts';

/** in = forwarded + consumed; `refused` counts those of them whose key was refused, `emitted` what the machine added. */
export interface OperatorCounters {
  in: number;
  forwarded: number;
  consumed: number;
  refused: number;
  emitted: number;
  evicted: number;
}

const finite = (time: number): number | null => (Number.isFinite(time) ? time : null);

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
  readonly #copy = new KeyCopy((key) => JSON.stringify(this.#copied(key)));
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
    this.#keys = new Keys(this.#machine, {
      maxGroups,
      onEvict: spec.onEvict ?? 'close',
      spill,
      touch: (key) => this.#copy.touch(key),
      version: spec.stateVersion,
      migrate: spec.migrate,
    });
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
      this.#dues.set(key, null);
      // Closed for good: kept, it would push others out to the disk and back.
      this.#keys.drop(key);
    }
  }

  /** Whether it may ever lack vectors. */
  get embeds(): boolean {
    return this.#machine.wants !== undefined;
  }

  /** The key that is due first. */
  get firstDue(): { key: string; time: number } | undefined {
    return this.#dues.first();
  }

  /** Every key, in memory or on disk, in order. */
  get allKeys(): string[] {
    return this.#keys.all();
  }

  /** Texts whose vectors are lacking (given a space: or lie in another), by key, of the keys in memory. */
  wants(space: string | null = null): Map<string, string[]> {
    const wanted = new Map<string, string[]>();
    for (const [key, { state }] of this.#machine.wants ? this.#keys.held : []) {
      const texts = this.#machine.wants!(state, space);
      if (texts.length > 0) wanted.set(key, texts);
    }
    return wanted;
  }

  /** As above, of one key, which comes back into memory. */
  wantsOf(key: string, space: string | null): string[] {
    if (!this.#machine.wants) return [];
    const held = this.#keys.get(key, Number.NEGATIVE_INFINITY);
    const texts = held ? this.#machine.wants(held.state, space) : [];
    for (const other of this.#keys.surplus()) this.#leave(other, this.#keys.held.get(other)!);
    return texts;
  }

  /** All of it, for `load`. */
  save(): SavedInstance {
    const keys = [...this.#keys.held].toSorted(([, a], [, b]) => a.touched - b.touched);
    const spilled = [...this.#keys.spilled].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return {
      swept: finite(this.#swept),
      keys: keys.map(([key, { state, seen }]) => [key, finite(seen), this.#keys.toJson(state)]),
      spilled: spilled.map(([key, number]) => [key, number, this.#dues.of(key)]),
    };
  }

  load(json: Json): void {
    const { swept, keys, spilled } = json as SavedInstance;
    this.#swept = swept ?? Number.NEGATIVE_INFINITY;
    for (const [key, seen, state] of keys) {
      const working = this.#keys.fromJson(state);
      this.#keys.restore(key, working, seen ?? Number.NEGATIVE_INFINITY);
      this.#dues.set(key, this.#machine.due?.(working) ?? null);
    }
    for (const [key, number, due] of spilled) {
      this.#keys.spilled.set(key, number);
      this.#dues.set(key, due);
    }
  }

  /**
   * Starts a copy of all keys, or of those touched since the copy before, as they are now; `nextCopied` gives it away
   * while the operator goes on. Returns when idle keys were last looked for, which belongs to it.
   */
  beginCopy(all: boolean): number | null {
    this.#keys.copies += 1;
    this.#copy.begin(all ? [...this.#keys.held.keys(), ...this.#keys.spilled.keys()] : null);
    return finite(this.#swept);
  }

  /** More of the copy, about that many characters: a `CopiedKey` each, as JSON text. Empty when it is complete. */
  nextCopied(characters: number): string[] {
    return this.#copy.next(characters);
  }

  #copied(key: string): CopiedKey {
    const held = this.#keys.held.get(key);
    if (held) return { key, touched: held.touched, seen: finite(held.seen), state: this.#keys.toJson(held.state) };
    const spilled = this.#keys.spilled.get(key);
    return spilled === undefined ? { key, gone: true } : { key, spilled, due: this.#dues.of(key) };
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
      // One of an operator behind this one comes through here.
      throw error instanceof MachineFailure ? error : new MachineFailure(this.spec.name, signal, error);
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
    if (this.#keys.overfull) for (const key of this.#keys.surplus()) this.#leave(key, this.#keys.held.get(key)!);
    if (now - this.#swept < this.#idle / 4 || !Number.isFinite(this.#idle)) return;
    this.#swept = now;
    // In key order: the order in which they are held is another one after a restore.
    const idle = [...this.#keys.held].filter(([, held]) => now - held.seen > this.#idle).toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [key, held] of idle) this.#leave(key, held);
  }

  #leave(key: string, held: Held<unknown>): void {
    this.counters.evicted += 1;
    this.#copy.touch(key);
    if (this.spec.onEvict === 'spill') {
      this.#keys.spill(key);
      return;
    }
    this.#guard(null, () => this.#machine.end?.(held.state, this.#emit));
    this.#dues.set(key, null);
    this.#keys.drop(key);
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
