/**
 * What bytes were made of, for as long as they are there themselves: who reads the very bytes that were made here need not take
 * them to pieces. What was made and what it was made of are written to no more.
 */
export class Remembered<Value extends object> {
  readonly #values = new WeakMap<Uint8Array, Value>();

  /** Returns the bytes. */
  remember(bytes: Uint8Array, value: Value): Uint8Array {
    this.#values.set(bytes, value);
    return bytes;
  }

  /** Of other bytes, however equal, nothing is known. */
  recall(bytes: Uint8Array): Value | undefined {
    return this.#values.get(bytes);
  }
}
