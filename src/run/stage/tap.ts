import type { Flow } from '../../kernel/defineOperator.ts';
import type { SignalObserver } from '../../pipeline/wire.ts';
import type { Signal } from '../../signal.ts';

/** A place where signals leave a stage. */
export interface Tap {
  /** Ids (or `id.port`) whose output it takes; empty means the sources. */
  from: readonly string[];
  /** Kinds that are wanted; null for all. The others are only counted. */
  kinds: ReadonlySet<string> | null;
}

/** What left at a tap. */
export interface Tapped {
  signals: Signal[];
  /** Signals of kinds that were not wanted. */
  filtered: number;
}

/** Keeps what comes by a tap until it is taken. */
export class TapBuffer implements SignalObserver {
  readonly #kinds: Tap['kinds'];
  #signals: Signal[] = [];
  #filtered = 0;

  constructor(kinds: Tap['kinds']) {
    this.#kinds = kinds;
  }

  next(signal: Flow): void {
    if (this.#kinds === null || this.#kinds.has(signal.kind)) this.#signals.push(signal as Signal);
    else this.#filtered += 1;
  }

  complete(): void {
    // What came stays until it is taken.
  }

  take(): Tapped {
    const taken = { signals: this.#signals, filtered: this.#filtered };
    this.#signals = [];
    this.#filtered = 0;
    return taken;
  }
}
