import { waited } from '../../base/waiting.ts';
import type { Io } from '../../io.ts';
import type { Message, Transport } from '../transport.ts';
import type { OwnReader } from './ownReader.ts';

/** After how long without a message of this process another one may be writing, milliseconds. */
export const patience = 250;
/** Messages of this process in a row behind which the engine is asked no more: at first, and at most where that did not pay. */
const enough = { first: 3, most: 1_024 };
/** Messages from memory for which it pays to let go of the engine and to ask it again. */
const worthwhile = 32;

export interface ReadingOptions {
  io: Pick<Io, 'sleep' | 'monotonic'>;
  transport: Pick<Transport, 'read'>;
  subject: string;
  own: OwnReader;
  signal: AbortSignal;
}

/** The reading of one subject: what this process writes comes from its memory, what others write from the engine. */
export class Reading {
  readonly #options: ReadingOptions;
  /** Messages of this process in a row that are enough now. */
  #enough = enough.first;
  /** Nothing has come for a while, or nothing was asked for yet. */
  #isIdle = true;
  #isWaiting = false;
  /** How often it has waited, and whether it is noticed when that takes long. */
  #waits = 0;
  #isTimed = false;

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  /** All messages in order, until the signal aborts or the engine ends. */
  async *messages(): AsyncGenerator<Message> {
    const { own, signal } = this.#options;
    // At once: nobody may ask for another message any more.
    const leave = () => {
      own.leave();
      own.wake();
    };
    signal.addEventListener('abort', leave);
    try {
      for (let isOver = false; !isOver && !signal.aborted;) {
        yield* this.#readHere();
        isOver = signal.aborted || (yield* this.#readThere());
      }
    } finally {
      signal.removeEventListener('abort', leave);
      own.leave();
    }
  }

  /** From memory, as long as it goes on there. */
  async *#readHere(): AsyncGenerator<Message> {
    const { own, signal } = this.#options;
    for (let given = 0; !signal.aborted;) {
      const message = own.take();
      if (message) {
        this.#isIdle = false;
        given += 1;
        yield message;
      } else if (this.#isIdle || own.isBehind) {
        this.#enough = given >= worthwhile ? enough.first : Math.min(enough.most, given === 0 ? this.#enough : this.#enough * 2);
        return;
      } else await this.#wait();
    }
  }

  /** From the engine, until enough in a row were this process's own. Returns whether the engine has ended. */
  async *#readThere(): AsyncGenerator<Message, boolean> {
    const { io, own, signal, subject, transport } = this.#options;
    const stop = new AbortController();
    const there = transport.read(subject, AbortSignal.any([signal, stop.signal]), own.at)[Symbol.asyncIterator]();
    const ask = () => {
      const asked = there.next();
      // It may fail while nobody waits for it: whoever waits next hears of that.
      asked.catch(() => undefined);
      return asked;
    };
    let coming = ask();
    const row = new QuickRow(() => io.monotonic(), own);
    try {
      while (!signal.aborted) {
        const message = own.take();
        if (message) yield message;
        if (row.length >= this.#enough && !own.isBehind) {
          this.#isIdle = false;
          return false;
        }
        if (message) continue;
        const came = await Promise.race([coming, own.woken().then(() => null)]);
        if (came === null) continue;
        if (came.done === true) return true;
        coming = ask();
        if (came.value.seq <= own.at) continue;
        own.pass(came.value.seq);
        yield came.value;
      }
      return true;
    } finally {
      stop.abort();
    }
  }

  async #wait(): Promise<void> {
    this.#waits += 1;
    this.#isWaiting = true;
    this.#time();
    await this.#options.own.woken();
    this.#isWaiting = false;
  }

  /** Notices when one and the same wait takes long. */
  #time(): void {
    if (this.#isTimed) return;
    this.#isTimed = true;
    const { io, own, signal } = this.#options;
    const waits = this.#waits;
    void waited(io, patience, signal).then((isLate) => {
      this.#isTimed = false;
      if (!isLate || !this.#isWaiting) return;
      this.#isIdle = this.#waits === waits;
      if (this.#isIdle) own.wake();
      else this.#time();
    });
  }
}

/** Messages that were written here since it was begun, none of another process in between and no pause. */
class QuickRow {
  readonly #monotonic: () => number;
  readonly #own: Pick<OwnReader, 'inRow'>;
  #seen: number;
  #before: number;
  #last = Number.NEGATIVE_INFINITY;

  constructor(monotonic: () => number, own: Pick<OwnReader, 'inRow'>) {
    this.#monotonic = monotonic;
    this.#own = own;
    this.#seen = this.#before = own.inRow;
  }

  /** To be asked whenever one may have been written. */
  get length(): number {
    const { inRow } = this.#own;
    if (inRow === this.#seen) return inRow - this.#before;
    const now = this.#monotonic();
    if (inRow < this.#seen || now - this.#last >= patience) this.#before = inRow - 1;
    [this.#seen, this.#last] = [inRow, now];
    return inRow - this.#before;
  }
}
