import type { Message } from '../transport.ts';
import { OwnReader } from './ownReader.ts';

interface Subject {
  /** What was written, by the number of the message before. */
  readonly next: Map<number, Message>;
  readonly readers: Set<OwnReader>;
  /** Number of the newest that was written, kept or not, and how many before it were so without one of another process in between. */
  newest: number;
  inRow: number;
  bytes: number;
  /** Those who wait until somebody has read on. */
  waiting: (() => void)[];
}

/**
 * What a process has written and somebody in it is about to read. What was written behind the newest message of a subject,
 * under its fence, is the next one behind it: nothing of another process lies between the two.
 */
export class OwnMessages {
  readonly #most: number;
  readonly #subjects = new Map<string, Subject>();
  #bytes = 0;

  /** @param most bytes that are kept of all subjects. What comes then is not kept: who reads it has to ask for it elsewhere. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Begins to read a subject behind the message of a number. */
  join(name: string, at: number): OwnReader {
    const subject: Subject = this.#subjects.get(name) ?? {
      next: new Map(),
      readers: new Set(),
      newest: 0,
      inRow: 0,
      bytes: 0,
      waiting: [],
    };
    this.#subjects.set(name, subject);
    const reader = new OwnReader(at, {
      next: (before) => subject.next.get(before),
      newest: () => subject.newest,
      inRow: () => subject.inRow,
      moved: () => this.#forget(subject),
      left: () => {
        subject.readers.delete(reader);
        this.#forget(subject);
        if (subject.readers.size === 0 && this.#subjects.get(name) === subject) this.#subjects.delete(name);
      },
    });
    subject.readers.add(reader);
    return reader;
  }

  /** Keeps a message that was written behind the one of that number, where somebody reads its subject. */
  add(message: Message, before: number): void {
    const subject = this.#subjects.get(message.subject);
    if (!subject) return;
    subject.inRow = before === subject.newest ? subject.inRow + 1 : 1;
    subject.newest = message.seq;
    const { length } = message.body;
    if (this.#bytes + length <= this.#most) {
      subject.next.set(before, message);
      this.#count(subject, length);
    }
    for (const reader of subject.readers) reader.wake();
  }

  /** Bytes of a subject that somebody has yet to read. */
  unread(name: string): number {
    return this.#subjects.get(name)?.bytes ?? 0;
  }

  /** Resolves once somebody has read on in a subject, or has stopped to read it; at once where nobody reads it. */
  moved(name: string): Promise<void> {
    const subject = this.#subjects.get(name);
    return subject ? new Promise((resolve) => void subject.waiting.push(resolve)) : Promise.resolve();
  }

  #count(subject: Subject, bytes: number): void {
    subject.bytes += bytes;
    this.#bytes += bytes;
  }

  /** Lets go what all have read. */
  #forget(subject: Subject): void {
    let slowest = Number.POSITIVE_INFINITY;
    for (const { at } of subject.readers) slowest = Math.min(slowest, at);
    for (const [before, { seq, body }] of subject.next) {
      if (seq > slowest) break;
      subject.next.delete(before);
      this.#count(subject, -body.length);
    }
    for (const go of subject.waiting.splice(0)) go();
  }
}
