/**
 * What bytes were made of, for as long as they are there themselves: who reads the very bytes that were made here need not take
 * them to pieces. What was made and what it was made of are written to no more.
 *
 * It hangs on the bytes. A WeakMap would do the same, but what it holds outlives the collections of what is young, so that each
 * record would be moved to the old generation before it is let go.
 */
export class Remembered<Value extends object> {
  readonly #name = Symbol('what it was made of');

  /** Returns the bytes. */
  remember(bytes: Uint8Array, value: Value): Uint8Array {
    return Object.defineProperty(bytes, this.#name, { value });
  }

  /** Of other bytes, however equal, nothing is known. */
  recall(bytes: Uint8Array): Value | undefined {
    return Reflect.get(bytes, this.#name) as Value | undefined;
  }
}
