// One file, because keys, due times and counters of an operator are one state, and each signal touches all of them.
import { fromSaved } from '../base/saved.ts';
import type { Json } from '../event.ts';
import type { Ticker } from './clock.ts';
import { DueHeap } from './dueHeap.ts';
import { KeyCopy } from './keyCopy.ts';
import { Keys, type Held } from './keys.ts';
import { OTHERS, type SavedFolding } from './folding.ts';
import type { KeyedOptions } from './keyedOptions.ts';
import type { Emit, Flow, Machine, MachineSpec } from './machine.ts';
import { MachineFailure } from './machineFailure.ts';
import type { CopiedKey, SavedInstance } from './savedInstance.ts';

/** in = forwarded + consumed; of them those whose key was `refused`, or went to the state of `others`; `emitted` is what the machine added. */
export interface OperatorCounters {
  in: number;
  forwarded: number;
  consumed: number;
  refused: number;
  emitted: number;
  evicted: number;
  /** Signals that went to the state of all keys that have none of their own; absent where there are none. */
  folded?: number;
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
  readonly #others: Emit<Flow> | null;
  readonly #idle: number;
  readonly #keyed: boolean;
  readonly #consumes: boolean;
  readonly #waits: boolean;
  /** The kind of signal that came last, and whether it is one for the machine. */
  #lastKind: string | null = null;
  #lastAccepted = true;
  #now = Number.NEGATIVE_INFINITY;

  /** @param others takes the signals that go to `others`, where its state is held elsewhere; it is held here when left out */
  constructor(spec: MachineSpec, options: unknown, out: Emit<Flow>, others?: Emit<Flow>) {
    this.spec = spec;
    this.#others = others ?? null;
    this.options = options;
    this.#machine = spec.machine(options);
    this.#keyed = spec.keyed === true;
    this.#consumes = spec.consume === true;
    this.#waits = this.#machine.due !== undefined;
    this.#out = out;
    this.#emit = (signal) => {
      this.counters.emitted += 1;
      out(signal);
    };
    const kinds = this.#machine.accepts ?? spec.accepts;
    this.#accepts = kinds ? new Set(kinds) : null;
    const { maxGroups = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY, idleExpiry } = options as KeyedOptions;
    this.#idle = idleExpiry ?? Number.POSITIVE_INFINITY;
    this.#keys = new Keys(this.#machine, {
      ...{ maxGroups, maxBytes, idle: this.#idle, onEvict: spec.onEvict ?? 'close' },
      othersElsewhere: this.#others !== null,
      touch: (key) => this.#copy.touch(key),
      leave: (held) => this.#leave(held),
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
    const accepted = this.#accepts === null || signal.kind === this.#lastKind ? this.#lastAccepted : this.#isAccepted(signal.kind);
    if (!accepted || !this.#consumes) {
      counters.forwarded += 1;
      this.#out(signal);
    } else {
      counters.consumed += 1;
    }
    if (accepted) this.#step(signal);
  }

  #isAccepted(kind: string): boolean {
    this.#lastKind = kind;
    return (this.#lastAccepted = this.#accepts!.has(kind));
  }

  /** Whether its machine is stepped with signals of that kind. */
  takes(kind: string): boolean {
    return this.#accepts === null || this.#accepts.has(kind);
  }

  /** Takes up what goes to `others`, of a key that is held elsewhere and has no state there; it was counted there. */
  takeOthers(signal: Flow): void {
    this.#stepHeld(this.#keys.getOthers(signal.key, signal.time), signal);
  }

  /** A signal that is one for the machine has come for a key that is held elsewhere. */
  began(time: number): void {
    this.#keys.began(time);
  }

  /** Lets go of all keys but `others`: they are held elsewhere from now on. */
  release(): void {
    for (const key of this.#keys.held.keys()) if (key !== OTHERS) this.#dues.set(key, null);
    this.#keys.release();
  }

  tickFirst(): void {
    const first = this.#dues.first();
    if (!first) return;
    const held = this.#keys.get(first.key, Number.NEGATIVE_INFINITY)!;
    if (this.#findDue(held) > first.time) return this.#lookIdle(held, first.time);
    this.#guard(null, () => this.#machine.tick?.(held.state, first.time, this.#emit));
    const due = this.#findDue(held);
    if (due <= first.time) throw new MachineFailure(this.spec.name, null, new Error(`due ${due} is not beyond its tick at ${first.time}`));
    this.#keys.measure(held);
    this.#setDue(held);
  }

  /** Closes every key, in key order. */
  end(): void {
    if (!this.#machine.end) return;
    for (const key of this.#keys.all()) {
      const held = this.#keys.get(key, Number.NEGATIVE_INFINITY)!;
      this.#guard(null, () => this.#machine.end!(held.state, this.#emit));
      this.#dues.set(key, null);
      this.#keys.drop(key);
    }
  }

  /** How many keys have no state of their own, about, and how many signals they have brought. */
  get folded(): { keys: number; signals: number } {
    return this.#keys.folded;
  }

  /** What is known of keys that have no state of their own, as it is saved. */
  get folding(): SavedFolding | null {
    return this.#keys.saveFolding();
  }

  /** Whether it may ever lack vectors. */
  get embeds(): boolean {
    return this.#machine.wants !== undefined;
  }

  /** The key that is due first. */
  get firstDue(): { key: string; time: number } | undefined {
    return this.#dues.first();
  }

  /** Every key in order. */
  get allKeys(): string[] {
    return this.#keys.all();
  }

  /** Texts whose vectors are lacking (given a space: or lie in another), by key. */
  wants(space: string | null = null): Map<string, string[]> {
    const wanted = new Map<string, string[]>();
    for (const [key, { state }] of this.#machine.wants ? this.#keys.held : []) {
      const texts = this.#machine.wants!(state, space);
      if (texts.length > 0) wanted.set(key, texts);
    }
    return wanted;
  }

  /** As above, of one key. */
  findWants(key: string, space: string | null): string[] {
    if (!this.#machine.wants) return [];
    const held = this.#keys.held.get(key);
    return held ? this.#machine.wants(held.state, space) : [];
  }

  /** All of it, for `load`. */
  save(): SavedInstance {
    const keys = [...this.#keys.held.values()].toSorted((a, b) => a.touched - b.touched);
    return {
      keys: keys.map(({ key, state, seen, count }) => [key, finite(seen), this.#keys.toJson(state), count]),
      folding: this.#keys.saveFolding(),
    };
  }

  load(json: Json): void {
    const saved = fromSaved<SavedInstance>(json);
    this.takeBack(saved);
    if (saved.folding) this.counters.folded = saved.folding.signals;
  }

  /** Holds keys again that were held elsewhere. */
  takeBack({ keys, folding }: SavedInstance): void {
    if (folding) this.#keys.loadFolding(folding);
    for (const [key, seen, state, count = 1] of keys) {
      const held = this.#keys.restore(key, this.#keys.fromJson(state), { seen: seen ?? Number.NEGATIVE_INFINITY, count });
      this.#setDue(held);
    }
  }

  /** States as they were saved elsewhere, made anew; they belong to whoever asked. */
  copies(keys: SavedInstance['keys']): unknown[] {
    return keys.map(([, , state]) => this.#keys.fromJson(state));
  }

  /**
   * Starts a copy of all keys, or of those touched since the copy before, as they are now; `nextCopied` gives it away
   * while the operator goes on. Returns what is known of keys without a state, which belongs to it.
   */
  beginCopy(all: boolean): SavedFolding | null {
    this.#keys.copies += 1;
    this.#copy.begin(all ? this.#keys.held.keys() : null);
    return this.#keys.saveFolding();
  }

  /** More of the copy, about that many characters: a `CopiedKey` each, as JSON text. Empty when it is complete. */
  nextCopied(characters: number): string[] {
    return this.#copy.next(characters);
  }

  #copied(key: string): CopiedKey {
    const held = this.#keys.held.get(key);
    if (!held) return { key, gone: true };
    const { touched, seen, count, state } = held;
    return { key, touched, seen: finite(seen), count, state: this.#keys.toJson(state) };
  }

  #step(signal: Flow): void {
    const held = this.#keys.get(this.#keyed ? signal.key : '', signal.time);
    if (held) this.#stepHeld(held, signal);
    else if (this.#others) this.#others(signal);
    else this.#refuse(signal);
  }

  #stepHeld(held: Held<unknown>, signal: Flow): void {
    try {
      this.#machine.step(held.state, signal, this.#emit);
    } catch (error) {
      // One of an operator behind this one comes through here.
      throw error instanceof MachineFailure ? error : new MachineFailure(this.spec.name, signal, error);
    }
    if (this.#waits || held.idleAt < Number.POSITIVE_INFINITY) this.#setDue(held);
    if (!this.#keyed) return;
    if (held.key === OTHERS && signal.key !== OTHERS) this.counters.folded = (this.counters.folded ?? 0) + 1;
    this.#keys.changed(held);
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

  /** When its machine next wants a tick; Infinity when it does not. */
  #findDue({ state }: Held<unknown>): number {
    return this.#machine.due?.(state) ?? Number.POSITIVE_INFINITY;
  }

  #setDue(held: Held<unknown>): void {
    const due = Math.min(this.#findDue(held), held.idleAt);
    // Most signals change nothing in it, and a look-up each is dear.
    if (due === held.due) return;
    held.due = due;
    this.#dues.set(held.key, due < Number.POSITIVE_INFINITY ? due : null);
  }

  /** It may have become idle: then it leaves, unless its state has to stay. */
  #lookIdle(held: Held<unknown>, time: number): void {
    const keeps = this.#machine.keeps?.(held.state) === true;
    if (held.seen + this.#idle <= time && !keeps) return this.#leave(held);
    held.idleAt = (keeps ? Math.max(held.seen, time) : held.seen) + this.#idle;
    this.#setDue(held);
  }

  #leave(held: Held<unknown>): void {
    this.counters.evicted += 1;
    this.#guard(null, () => this.#machine.end?.(held.state, this.#emit));
    this.#dues.set(held.key, null);
    this.#keys.drop(held.key);
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
