import { Queue } from './queue.ts';
import type { Emit, Flow, Instance, StandIn } from '../../kernel/defineOperator.ts';

/** A stateless operator that works ahead: what it made of each signal is kept until that signal's turn has come. */
export class FrontOperator implements StandIn {
  readonly nextDue = Number.POSITIVE_INFINITY;
  readonly instance: Instance;
  readonly #out: Emit<Flow>;
  /** A signal, nothing, or what it threw. */
  readonly #made = new Queue<Flow | null | { failure: unknown }>();
  #last: Flow | null = null;
  #works = false;
  /** What comes was not worked on ahead. */
  isAside = false;
  /** How often it has thrown in all. */
  failures = 0;

  constructor(make: (out: Emit<Flow>) => Instance, out: Emit<Flow>) {
    this.#out = out;
    this.instance = make((signal) => {
      if (!this.#works) return out(signal);
      if (this.#last !== null) throw new Error(`it is declared stateless and gave more than one signal for one`);
      this.#last = signal;
    });
  }

  /** What it makes of a signal, before its turn; null where that is nothing. */
  workAhead(signal: Flow): Flow | null {
    this.#works = true;
    this.#last = null;
    try {
      this.instance.take(signal);
      this.#made.add(this.#last);
      return this.#last;
    } catch (failure) {
      this.#made.add({ failure });
      this.failures += 1;
      return null;
    } finally {
      this.#works = false;
    }
  }

  /** What it made of the signal whose turn it is; not there where none was worked on ahead. */
  get next(): Flow | null | { failure: unknown } | undefined {
    return this.#made.peek();
  }

  /** The signal whose turn it is has none. Returns whether it would have gone further. */
  skip(): boolean {
    const made = this.#made.take();
    return made !== null && !('failure' in made);
  }

  /** What has not had its turn has none. */
  drop(): void {
    while (this.#made.size > 0) this.#made.take();
  }

  take(signal: Flow): void {
    if (this.isAside || this.#made.size === 0) return this.instance.take(signal);
    const made = this.#made.take();
    if (made === null) return;
    if ('failure' in made) throw made.failure;
    this.#out(made);
  }

  tickFirst(): void {
    // It is never due.
  }
}
