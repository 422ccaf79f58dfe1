import { isNewestFirst } from '../../formats/reading/newestFirst.ts';
import type { FormatItem } from '../../formats/format.ts';

/** Records by which it is decided at the latest, and from which on it can be. */
const most = 1000;
const least = 8;

/**
 * In which order a pipe is written: newest first, as `journalctl -r` and exports of consoles are, or as things happen. Hears
 * what its beginning holds until it is decided.
 */
export class PipeOrder {
  readonly #times: number[] = [];
  #decided: 'forward' | 'newest first' | null = null;

  get decided(): 'forward' | 'newest first' | null {
    return this.#decided;
  }

  /** More of the beginning. One record after another that goes back in time waits for a thousand of them. */
  take(items: readonly FormatItem[]): void {
    for (const item of items) if (item.kind === 'draft' && item.borrowed === undefined) this.#times.push(item.time);
    const { length } = this.#times;
    if (length < least) return;
    if (!this.#goesBack && this.#hasSteps) this.#decided = 'forward';
    else if (length >= most) this.#decided = this.#goesBack ? 'newest first' : 'forward';
  }

  /** It has paused: somebody writes it as things happen, and nobody may wait for its end. */
  pause(): void {
    this.#decided ??= 'forward';
  }

  /** That was all of it. */
  end(): void {
    this.#decided ??= this.#goesBack ? 'newest first' : 'forward';
  }

  get #goesBack(): boolean {
    return isNewestFirst(this.#times, this.#times);
  }

  get #hasSteps(): boolean {
    return this.#times.some((time) => time !== this.#times[0]);
  }
}
