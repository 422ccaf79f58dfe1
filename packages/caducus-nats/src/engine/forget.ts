import { JetStreamApiError } from '@nats-io/jetstream';
import type { Jet } from '../connect.ts';
import { isOlder } from '../checkServer.ts';
import type { Patience } from './patience.ts';
import { readSubject } from './readSubject.ts';

/**
 * The first release that books what a purge by subject has freed: before, a server with the room of a disk would be full
 * once as much had been written as the disk holds, whatever was purged. https://github.com/nats-io/nats-server/pull/3876
 */
const booksPurges = [2, 9, 15];

/** Numbers that are forgotten side by side. */
const width = 64;
/** Numbers of messages of a subject that are remembered at most, for a server that has to be given each. */
const mostKnown = 4_096;

/** What the server answers where the message of a number is gone. */
const gone: readonly number[] = [10037, 10043, 10057];

/** Messages that are needed no more. */
export interface Needless {
  /** As the server has it. */
  subject: string;
  /** Those with lower numbers: more than 1, which the server takes for none given. */
  below: number;
  /** A message of the subject that is there, or a later one is. */
  newest: number;
}

/**
 * Forgets messages of a stream. A server that has to be given the number of each is asked for them once a subject: from then
 * on those are known that this process writes and reads.
 */
export class Forgetting {
  readonly #jet: Pick<Jet, 'js' | 'jsm' | 'link' | 'nc'>;
  readonly #patience: Patience;
  readonly #stream: string;
  /** Numbers of the messages that are there, by subject. */
  readonly #known = new Map<string, Set<number>>();

  constructor(jet: Pick<Jet, 'js' | 'jsm' | 'link' | 'nc'>, patience: Patience, stream: string) {
    this.#jet = jet;
    this.#patience = patience;
    this.#stream = stream;
  }

  /** A message was written or read. */
  see(subject: string, seq: number): void {
    const known = this.#known.get(subject);
    if (!known) return;
    known.add(seq);
    if (known.size > mostKnown) this.#known.delete(subject);
  }

  async forget({ subject, below, newest }: Needless): Promise<void> {
    if (!isOlder(this.#jet.nc.info?.version ?? '', booksPurges)) {
      await this.#patience.until(() => this.#jet.jsm.streams.purge(this.#stream, { filter: subject, seq: below }));
      return;
    }
    const known = this.#known.get(subject) ?? (await this.#find(subject, newest));
    const needless = [...known].filter((seq) => seq < below);
    for (let at = 0; at < needless.length; at += width) {
      const some = needless.slice(at, at + width);
      await Promise.all(some.map((seq) => this.#patience.until(() => this.#remove(seq))));
      for (const seq of some) known.delete(seq);
    }
  }

  /** Asks for the numbers of all messages of a subject. */
  async #find(subject: string, newest: number): Promise<Set<number>> {
    const known = new Set<number>();
    this.#known.set(subject, known);
    const stop = new AbortController();
    for await (const { seq } of readSubject(this.#jet, this.#patience, { stream: this.#stream, subject, headersOnly: true }, stop.signal)) {
      known.add(seq);
      if (seq >= newest) stop.abort();
    }
    if (known.size > mostKnown) this.#known.delete(subject);
    return known;
  }

  async #remove(seq: number): Promise<void> {
    try {
      await this.#jet.jsm.streams.deleteMessage(this.#stream, seq, false);
    } catch (error) {
      if (!(error instanceof JetStreamApiError && gone.includes(error.code))) throw error;
    }
  }
}
