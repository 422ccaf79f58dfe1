import type { Message } from '../transport.ts';

/** A subject, as far as this process has written it: see `OwnMessages`. */
interface OwnSubject {
  /** What was written behind the message of a number. */
  next(before: number): Message | undefined;
  /** Number of the newest that was written; 0 for none. */
  newest(): number;
  /** How many up to that one were written without one of another process in between. */
  inRow(): number;
  /** The reader has gone on. */
  moved(): void;
  left(): void;
}

/** Somebody who reads a subject in the process in which it may be written. */
export class OwnReader {
  readonly #subject: OwnSubject;
  #at: number;
  #wake = (): void => undefined;

  constructor(at: number, subject: OwnSubject) {
    this.#at = at;
    this.#subject = subject;
  }

  /** Number of the last message that was read. */
  get at(): number {
    return this.#at;
  }

  /** How many messages up to the newest were written here, without one of another process in between. */
  get inRow(): number {
    return this.#subject.inRow();
  }

  /** Something was written behind it that is not the next: another has written in between, or what was is not kept. */
  get isBehind(): boolean {
    return this.#subject.newest() > this.#at && this.#subject.next(this.#at) === undefined;
  }

  /** The next message, where this process has written it; null else. */
  take(): Message | null {
    const message = this.#subject.next(this.#at);
    if (!message) return null;
    this.pass(message.seq);
    return message;
  }

  /** The message of a number was read elsewhere. */
  pass(seq: number): void {
    this.#at = seq;
    this.#subject.moved();
  }

  /** Resolves as soon as it is woken. */
  woken(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  /** Something was written, or it is to end. */
  wake(): void {
    this.#wake();
  }

  leave(): void {
    this.#subject.left();
  }
}
