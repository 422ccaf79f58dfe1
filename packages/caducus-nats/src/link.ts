import { setMaxListeners } from 'node:events';
import type { Trouble } from 'caducus';

/** A controller on which as many wait as calls are under way. */
export function manyListeners(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** Whether a connection stands, and who waits for it. */
export class Link {
  /** Why it does not; null while it does. */
  trouble: Trouble | null = null;
  #present = manyListeners();
  readonly #waiting = new Set<() => void>();
  #isOver = false;

  /** Aborts when the connection that stands now is lost: what was asked over it is never answered. */
  get present(): AbortSignal {
    return this.#present.signal;
  }

  lose(trouble: Trouble): void {
    this.trouble ??= trouble;
    this.#present.abort();
  }

  restore(): void {
    this.trouble = null;
    this.#present = manyListeners();
    this.#wake();
  }

  /** There will be none any more. */
  end(): void {
    this.#isOver = true;
    this.#present.abort();
    this.#wake();
  }

  /** Resolves while a connection stands, when none will any more, or when the signal aborts. */
  async stands(signal: AbortSignal): Promise<void> {
    if (this.trouble === null || this.#isOver || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }
}
