/** How often what is shown is asked for again, milliseconds. */
const readEvery = 10_000;

export interface ReadingOptions<T> {
  read(): Promise<T>;
  /** Called when there is something else to show. */
  redraw(): void;
  /** How often it is read, milliseconds; every ten seconds when left out. */
  every?: number;
  /** What is over stays as it was: it is read once. */
  once?: boolean;
}

/** An answer of the API that a page shows, read again as long as the page is open. */
export class Reading<T> {
  /** The last one; null before the first. */
  answer: T | null = null;
  /** Why the last time gave none; empty when it did. */
  why = '';
  readonly #timer: number;

  constructor({ read, redraw, once = false, every = readEvery }: ReadingOptions<T>) {
    const ask = (): void =>
      void read().then(
        (answer) => {
          this.answer = answer;
          this.why = '';
          redraw();
        },
        (error: Error) => {
          this.why = error.message;
          redraw();
        },
      );
    ask();
    this.#timer = once ? 0 : window.setInterval(ask, every);
  }

  close(): void {
    window.clearInterval(this.#timer);
  }
}
