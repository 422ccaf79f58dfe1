import type { Observable } from 'rxjs';
import type { Flow } from '../../kernel/defineOperator.ts';
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
export class TapBuffer {
  #signals: Signal[] = [];
  #filtered = 0;

  constructor(kinds: Tap['kinds'], from: Observable<Flow>, failed: (error: unknown) => void) {
    from.subscribe({
      next: (signal) => {
        if (kinds === null || kinds.has(signal.kind)) this.#signals.push(signal as Signal);
        else this.#filtered += 1;
      },
      error: failed,
    });
  }

  take(): Tapped {
    const taken = { signals: this.#signals, filtered: this.#filtered };
    this.#signals = [];
    this.#filtered = 0;
    return taken;
  }
}
