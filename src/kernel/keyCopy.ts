/**
 * Copies the keys of an operator for a checkpoint while the run goes on: each key is copied as it was when the copy
 * began, either before it changes or in slices in between. A later copy holds only the keys touched since the one before.
 */
export class KeyCopy {
  readonly #writeState: (key: string) => string;
  /** Keys of the copy under way that have not been copied yet. */
  #pending = new Set<string>();
  /** Keys touched since the last copy began; null until the first, so that plain code without checkpoints keeps no list. */
  #touched: Set<string> | null = null;
  #texts: string[] = [];

  /** @param writeState the present state of a key, as JSON text */
  constructor(writeState: (key: string) => string) {
    this.#writeState = writeState;
  }

  /** Starts a copy: of all the keys, or with `null` of those touched since the copy before. */
  begin(all: Iterable<string> | null): void {
    this.#pending = all === null ? (this.#touched ?? new Set()) : new Set(all);
    this.#touched = new Set();
    this.#texts = [];
  }

  /** To be called before a key changes, comes or goes. */
  touch(key: string): void {
    if (this.#pending.delete(key)) this.#texts.push(this.#writeState(key));
    this.#touched?.add(key);
  }

  /** What has been copied, and more, until so many characters are reached; empty when all is and was given away. */
  next(characters: number): string[] {
    // Of what was copied because it was touched no more is given at a time, either: in a flood that is nearly all.
    let [many, length] = [0, 0];
    while (many < this.#texts.length && length < characters) length += this.#texts[many++]!.length;
    const texts = this.#texts.splice(0, many);
    for (const key of this.#pending) {
      if (length >= characters) break;
      const text = this.#writeState(key);
      texts.push(text);
      length += text.length;
      this.#pending.delete(key);
    }
    return texts;
  }
}
