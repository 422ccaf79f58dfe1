import type { Trouble } from '../base/trouble.ts';
import { isNamed } from '../errors.ts';

/** A message as it lies in a log. */
export interface Message {
  subject: string;
  /** Its number among all messages of all subjects, from 1 on, ascending. */
  seq: number;
  body: Uint8Array;
}

/**
 * What an engine has to do for a pipeline that runs on several machines: logs by subject, in one order, which are written to
 * under a fence, and holds, which spread the work. Subjects and pieces of work are words with dots between them. While the
 * server is away, calls wait for it and try again, so that one may have been done twice: `append` then finds its own message
 * in its way.
 */
export interface Transport {
  /**
   * Writes behind the newest message of a subject, which must have that number (0 for none; null writes behind whatever is
   * there). Resolves to the number of what was written; rejects with `Stale` where another message is the newest.
   */
  append(subject: string, body: Uint8Array, expected: number | null): Promise<number>;
  /** The newest message of a subject; null without any. */
  last(subject: string): Promise<Message | null>;
  /** A message by its number; null where it is gone. */
  get(seq: number): Promise<Message | null>;
  /**
   * All that is there of a subject behind the message of a number, in order, then what comes, until the signal aborts: then it
   * ends, whatever it waits for. What is forgotten meanwhile is passed over; what was given may be given again. All of it where
   * `after` is left out.
   */
  read(subject: string, signal: AbortSignal, after?: number): AsyncIterable<Message>;
  /** Forgets the messages of a subject up to that number (0 for none); the newest stays, since an emptied subject has no fence. */
  purge(subject: string, upTo: number): Promise<void>;
  /**
   * Takes a piece of work, or keeps it: resolves to whether it is now this holder's. A hold lapses by itself as long after as
   * the engine was opened with. Holds only spread the work: two may have one for a while, and nothing goes wrong but pace.
   */
  hold(work: string, holder: string): Promise<boolean>;
  /** Lets a piece of work go at once; nothing where it is another's. */
  release(work: string, holder: string): Promise<void>;
  /** Who holds what: holders by piece of work. */
  holders(): Promise<ReadonlyMap<string, string>>;
  /** The same, with how long each hold lasts yet. */
  leases(): Promise<ReadonlyMap<string, Lease>>;
  close(): Promise<void>;
  /** What people have to know of where the state lies, a sentence each; told at the start. */
  readonly remarks?: readonly string[];
  /** What keeps it from its work, while it waits and tries again; null while nothing does. */
  trouble?(): Trouble | null;
}

/** A hold as the engine has it. */
export interface Lease {
  holder: string;
  /** After how long it lapses unless it is kept, by the engine's clock; milliseconds. */
  left: number;
}

export interface TransportOptions {
  /** Name of the pipeline: logs and holds of one are not seen by another. Letters, digits, `-` and `_`. */
  pipeline: string;
  /** After how long a hold lapses that is not kept, milliseconds. */
  lease: number;
  /** Servers that keep each message. */
  replicas: number;
  /** Only to look: nothing is made or changed there. Rejects with CAD040 where the pipeline has nothing on the engine. */
  existing?: boolean;
}

/** An engine, as a package has it in its list `engines`. */
export interface Engine {
  /** Scheme of its addresses: `nats` for `nats://host:4222`. */
  name: string;
  /** Throws a CaducusError in one sentence where the server cannot do what is needed. */
  open(url: string, options: TransportOptions): Promise<Transport>;
}

/** Another message is the newest of the subject: somebody else has written, or this process itself and did not hear of it. */
export class Stale extends Error {
  constructor(subject: string) {
    super(`another message is the newest of ${subject}`);
    this.name = 'Stale';
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'Stale');
  }
}

/** Another process does this work now. */
export class Superseded extends Error {
  constructor(what: string) {
    super(`another process has gone on with ${what}`);
    this.name = 'Superseded';
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'Superseded');
  }
}
