import type { EncodeAnswer } from './messages.ts';

type Waiting = { resolve(numbers: Float32Array): void; reject(reason: Error): void };

/** Requests a thread has not answered yet. */
export class PendingAnswers {
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  get size(): number {
    return this.#waiting.size;
  }

  /** Waits for an answer; `send` gets the id it will bear. */
  add(send: (id: number) => void): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      send(id);
    });
  }

  settle(message: EncodeAnswer): void {
    const asked = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'vectors') asked?.resolve(message.numbers);
    else asked?.reject(new Error(message.reason));
  }

  /** The thread will answer no more. */
  rejectAll(reason: Error): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}
