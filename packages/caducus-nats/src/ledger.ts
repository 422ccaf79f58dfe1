import type { Json } from 'caducus';

/** Where a source stands: the last message that was handed on, of a stream that was made at that time. */
export interface Place {
  seq: number;
  /** As the server writes it: a stream that was removed and made anew counts from one again. */
  created: string;
}

/** null for anything else, such as the position of another source. */
export function readPlace(from: Json | null): Place | null {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  const { seq, created } = from;
  return typeof seq === 'number' && typeof created === 'string' ? { seq, created } : null;
}

/**
 * Which messages were handed on, and which of them wait for the checkpoint with which they are acknowledged. A message is
 * acknowledged by the subject that came with it, the newest that did.
 */
export class Ledger {
  /** Number of the last message that was handed on. */
  handed: number;
  /** How often one came that had been handed on. */
  duplicates = 0;
  #covered: number;
  readonly #waiting = new Map<number, string>();

  /** @param handed what a checkpoint holds */
  constructor(handed: number) {
    this.handed = handed;
    this.#covered = handed;
  }

  /** How many wait for their checkpoint. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * A message came. `hand`: it is new. `ack`: a checkpoint holds it, it can be acknowledged at once. `keep`: it came again
   * before its checkpoint.
   */
  receive(seq: number, reply: string): 'hand' | 'ack' | 'keep' {
    if (seq > this.handed) {
      this.handed = seq;
      this.#waiting.set(seq, reply);
      return 'hand';
    }
    this.duplicates += 1;
    if (seq <= this.#covered) return 'ack';
    this.#waiting.set(seq, reply);
    return 'keep';
  }

  /** A message was read from the stream itself: it comes by the consumer later, to be acknowledged. False for one that was handed on. */
  read(seq: number): boolean {
    if (seq <= this.handed) return false;
    this.handed = seq;
    return true;
  }

  /** Takes out the subjects that acknowledge what a checkpoint at that message covers. */
  cover(seq: number): string[] {
    this.#covered = Math.max(this.#covered, seq);
    const covered: string[] = [];
    for (const [one, reply] of this.#waiting) {
      if (one > seq) continue;
      covered.push(reply);
      this.#waiting.delete(one);
    }
    return covered;
  }
}
