import type { Json } from '../event.ts';
import { Folding, OTHERS, type SavedFolding } from './folding.ts';
import type { Machine, OnEvict } from './machine.ts';
import { hashKey, PARTITIONS } from './partition.ts';

export interface Held<State> {
  /** `others` for all keys that have no state of their own. */
  key: string;
  state: State;
  /** Event time of the last signal. */
  seen: number;
  /** Order of the last touch, for least-recently-used eviction. */
  touched: number;
  /** The copy since whose beginning `touch` was called with it. */
  touchedIn: number;
  /** Signals so far. */
  count: number;
  /** What the state counts against the bound, as it was last measured. */
  bytes: number;
  partition: number;
  /** When it is looked at whether it has become idle; Infinity for never. */
  idleAt: number;
  /** Its due time as it is kept: event time, milliseconds; Infinity for none. */
  due: number;
}

export interface KeysOptions<State> {
  maxGroups: number;
  maxBytes: number;
  onEvict: OnEvict;
  /** Event time without a signal after which a key leaves, milliseconds. */
  idle: number;
  /** The state of `others` is held elsewhere: a signal that goes to it has no state here. */
  othersElsewhere: boolean;
  /** Called before a key changes, comes or goes. */
  touch(key: string): void;
  /** Called with a key that has to leave. */
  leave(held: Held<State>): void;
}

/** Event time without a signal after which a key may make room for one that comes often, milliseconds. */
const IDLE = 3_600_000;
/** Share of a bound that is made free at a time, to spread the cost. */
const FREED = 0.1;
/** A key counts for no more than that share of its part: what one may hold is bounded elsewhere. */
const MOST_OF_PART = 0.5;

/** The states of a keyed operator, bounded by number and bytes. Nothing held is ever dropped silently. */
export class Keys<State> {
  readonly held = new Map<string, Held<State>>();
  /** Copies begun so far: `touch` is called with a key once a copy, since a key that was touched stays so until the next. */
  copies = 0;
  readonly #folding: Folding;
  #touches = 0;
  /** Sum of what is held, by part. */
  readonly #bytes = new Float64Array(PARTITIONS);
  /** Event time before which no key of a part is idle, as far as is known. */
  readonly #noneIdle = new Float64Array(PARTITIONS).fill(Number.NEGATIVE_INFINITY);
  readonly #machine: Machine<State>;
  readonly #options: KeysOptions<State>;
  /** Bytes that a part may hold. */
  readonly #share: number;

  constructor(machine: Machine<State>, options: KeysOptions<State>) {
    this.#machine = machine;
    this.#options = options;
    this.#share = options.maxBytes / PARTITIONS;
    this.#folding = new Folding();
  }

  /** The state for a key, its own or that of `others`; undefined when the key is refused. */
  get(key: string, time: number): Held<State> | undefined {
    let known = this.held.get(key);
    if (known === undefined) {
      known = this.#arrive(key, time);
      if (!known) return undefined;
    }
    if (known.touchedIn !== this.copies) {
      this.#options.touch(known.key);
      known.touchedIn = this.copies;
    }
    if (time > known.seen) known.seen = time;
    known.touched = ++this.#touches;
    return known;
  }

  /** A signal has come for it: it is measured again, and others make room where there is too much. */
  changed(held: Held<State>): void {
    held.count += 1;
    this.measure(held);
    if (this.#options.onEvict === 'fold') {
      if (this.#bytes[held.partition]! > this.#share * (1 + FREED)) this.#makeRoom(held.partition, held.seen, held);
    } else if (this.held.size > this.#options.maxGroups && this.#options.onEvict === 'close') this.#closeOldest();
  }

  /** Counts what its state has become against the bound. */
  measure(held: Held<State>): void {
    if (!this.#machine.size || held.key === OTHERS) return;
    const bytes = Math.min(this.#machine.size(held.state), this.#share * MOST_OF_PART);
    this.#bytes[held.partition]! += bytes - held.bytes;
    held.bytes = bytes;
  }

  /** Lets go of a key that has been closed. */
  drop(key: string): void {
    const held = this.held.get(key);
    if (!held) return;
    this.#options.touch(key);
    this.held.delete(key);
    if (key !== OTHERS) this.#bytes[held.partition]! -= held.bytes;
  }

  /** How many keys have no state of their own, about, and how many signals they have brought. */
  get folded(): { keys: number; signals: number } {
    return this.#folding.figures;
  }

  /** Every key in order. */
  all(): string[] {
    return [...this.held.keys()].toSorted();
  }

  toJson(state: State): Json {
    return this.#machine.save ? this.#machine.save(state) : (state as Json);
  }

  fromJson(json: Json): State {
    return this.#machine.load ? this.#machine.load(json) : (json as State);
  }

  /** Puts a restored state in place. */
  restore(key: string, state: State, { seen, count }: { seen: number; count: number }): Held<State> {
    const held = this.#hold(key, state);
    Object.assign(held, { seen, count, touched: ++this.#touches, idleAt: seen + this.#options.idle });
    this.measure(held);
    return held;
  }

  /** The state of `others`, for a signal of a key that was found elsewhere to have none of its own. */
  getOthers(key: string, time: number): Held<State> {
    this.#folding.add(key);
    return this.get(OTHERS, time)!;
  }

  /** A signal has come for a key that is held elsewhere. */
  began(time: number): void {
    this.#folding.began(time);
  }

  /** Lets go of all keys but `others`, and of what is known of those that come often: they are held elsewhere from now on. */
  release(): void {
    for (const key of this.held.keys()) if (key !== OTHERS) this.drop(key);
    this.#folding.release();
  }

  saveFolding(): SavedFolding | null {
    return this.#folding.save();
  }

  loadFolding(saved: SavedFolding): void {
    this.#folding.load(saved);
  }

  #arrive(key: string, time: number): Held<State> | undefined {
    const { onEvict, maxGroups, idle, othersElsewhere } = this.#options;
    this.#folding.began(time);
    if (onEvict === 'refuse' && this.held.size >= maxGroups) return undefined;
    if (onEvict === 'fold' && key !== OTHERS && this.#folds(key, time)) return othersElsewhere ? undefined : this.getOthers(key, time);
    const held = this.#hold(key, this.#machine.start(key, key === OTHERS ? this.#folding.since : undefined));
    held.idleAt = time + idle;
    return held;
  }

  #hold(key: string, state: State): Held<State> {
    const held: Held<State> = {
      ...{ key, state, seen: Number.NEGATIVE_INFINITY, touched: 0, touchedIn: -1, count: 0, bytes: 0 },
      partition: hashKey(key) % PARTITIONS,
      idleAt: Number.POSITIVE_INFINITY,
      due: Number.POSITIVE_INFINITY,
    };
    this.held.set(key, held);
    return held;
  }

  /** Whether a key that has no state goes into `others`: there is no room, and it is not known to come often, or none can be made. */
  #folds(key: string, time: number): boolean {
    const partition = hashKey(key) % PARTITIONS;
    if (!this.#isFull(partition)) return false;
    if (this.#folding.comesOften(key, time) && this.#makeRoom(partition, time, null)) {
      this.#folding.takenUp(key);
      return false;
    }
    return true;
  }

  #isFull(partition: number): boolean {
    const own = this.held.size - (this.held.has(OTHERS) ? 1 : 0);
    return own >= this.#options.maxGroups || this.#bytes[partition]! >= this.#share;
  }

  /**
   * Makes room in a part: keys leave that have been idle for an hour, the least counted first. Where one that is there has
   * grown (`grown`), others leave although they are not idle. Returns whether there is room.
   */
  #makeRoom(partition: number, time: number, grown: Held<State> | null): boolean {
    const { maxGroups } = this.#options;
    const byNumber = this.#bytes[partition]! < this.#share;
    if (!grown && time < this.#noneIdle[partition]!) return false;
    const candidates = [...this.held.values()].filter(
      (held) =>
        held.key !== OTHERS &&
        held !== grown &&
        (byNumber || held.partition === partition) &&
        (grown !== null || time - held.seen >= IDLE) &&
        this.#machine.keeps?.(held.state) !== true,
    );
    const idleFirst = (held: Held<State>) => Number(time - held.seen < IDLE);
    candidates.sort((a, b) => idleFirst(a) - idleFirst(b) || a.count - b.count || a.seen - b.seen || (a.key < b.key ? -1 : 1));
    const most = Math.max(1, Math.floor(candidates.length * FREED));
    for (const held of byNumber
      ? candidates.slice(0, Math.max(1, Math.floor(maxGroups * FREED)))
      : candidates.slice(0, grown ? undefined : most)) {
      if (grown && this.#bytes[partition]! <= this.#share) break;
      this.#options.leave(held);
    }
    if (!grown && candidates.length === 0) this.#noneIdle[partition] = this.#nextIdle(partition, byNumber);
    return !this.#isFull(partition);
  }

  /** When the first key that could make room will have been idle for long enough. */
  #nextIdle(partition: number, any: boolean): number {
    let first = Number.POSITIVE_INFINITY;
    for (const { key, seen, partition: own } of this.held.values())
      if (key !== OTHERS && (any || own === partition) && seen < first) first = seen;
    return first + IDLE;
  }

  /** Keys that must go so that `maxGroups` holds, least recently touched first; a tenth at a time to spread the cost. */
  #closeOldest(): void {
    const { maxGroups } = this.#options;
    const many = this.held.size - maxGroups + Math.floor(maxGroups * FREED);
    const oldest = [...this.held.values()]
      .filter(({ state }) => this.#machine.keeps?.(state) !== true)
      .toSorted((a, b) => a.touched - b.touched);
    for (const held of oldest.slice(0, Math.min(many, this.held.size - 1))) if (held.touched !== this.#touches) this.#options.leave(held);
  }
}
