import { DiscardPolicy, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { Lease } from 'caducus';
import type { Jet } from '../connect.ts';
import { askStored } from './askStored.ts';
import { isNoStream, isWrongLast } from './delay.ts';
import type { Patience } from './patience.ts';

const toNanos = (ms: number): number => ms * 1_000_000;
/** How long the server remembers names of messages, where nothing that is shorter bounds it; milliseconds. */
const duplicateWindow = 120_000;
/** Questions under way at a time. */
const width = 32;

const encode = (text: string) => Buffer.from(text);

interface Hold {
  seq: number;
  /** Empty once it was let go. */
  holder: string;
  /** When it was taken or kept, by the server's clock; milliseconds since 1970. */
  at: number;
}

/**
 * Who holds what: the newest message of a subject for each piece of work, which the server forgets when it is as old as a
 * lease. Its clock alone counts: a process that stood still finds out when it asks next, and takes nothing from others by
 * mistake.
 */
export class Holds {
  readonly #jet: Pick<Jet, 'js' | 'jsm' | 'nc'>;
  readonly #patience: Patience;
  readonly #stream: string;
  readonly #prefix: string;
  /** Numbers of the messages by which this process holds something. */
  readonly #own = new Map<string, number>();

  private constructor(jet: Pick<Jet, 'js' | 'jsm' | 'nc'>, patience: Patience, pipeline: string) {
    this.#jet = jet;
    this.#patience = patience;
    this.#stream = `caducus-${pipeline}-holds`;
    this.#prefix = `caducus-holds.${pipeline}`;
  }

  /**
   * Makes the stream that they lie in, or takes the one that is there; `existing`: as it is, if it is. A lease in milliseconds.
   */
  static async open(
    jet: Pick<Jet, 'js' | 'jsm' | 'nc'>,
    patience: Patience,
    { pipeline, lease, replicas, existing = false }: { pipeline: string; lease: number; replicas: number; existing?: boolean },
  ): Promise<Holds> {
    const holds = new Holds(jet, patience, pipeline);
    if (existing) return holds;
    const wanted = {
      max_age: toNanos(lease),
      // It may not be longer than what the stream remembers at all.
      duplicate_window: toNanos(Math.min(lease, duplicateWindow)),
      num_replicas: replicas,
    };
    const name = holds.#stream;
    const there = await jet.jsm.streams.info(name).catch((error: unknown) => {
      if (isNoStream(error)) return null;
      throw error;
    });
    if (there === null) {
      await jet.jsm.streams.add({
        ...wanted,
        name,
        subjects: [`${holds.#prefix}.>`],
        description: `Who works on what of the caducus pipeline ${pipeline}`,
        retention: RetentionPolicy.Limits,
        storage: StorageType.File,
        discard: DiscardPolicy.Old,
        max_msgs_per_subject: 1,
      });
    } else if (Object.entries(wanted).some(([key, value]) => there.config[key as keyof typeof wanted] !== value)) {
      await jet.jsm.streams.update(name, { ...there.config, ...wanted });
    }
    return holds;
  }

  async hold(work: string, holder: string): Promise<boolean> {
    const known = this.#own.get(work);
    if (known !== undefined && (await this.#write(work, holder, known))) return true;
    this.#own.delete(work);
    for (;;) {
      const now = await this.#read(work);
      if (now !== null && now.holder !== '' && now.holder !== holder) return false;
      if (await this.#write(work, holder, now?.seq ?? 0)) return true;
    }
  }

  async release(work: string, holder: string): Promise<void> {
    this.#own.delete(work);
    const now = await this.#read(work);
    // Where it is another's by the time that it is written, it stays so.
    if (now?.holder === holder) await this.#write(work, '', now.seq);
  }

  async holders(): Promise<Map<string, string>> {
    const { holds } = await this.#list();
    return new Map([...holds].map(([work, { holder }]) => [work, holder]));
  }

  async leases(): Promise<Map<string, Lease>> {
    const { holds, lease, now } = await this.#list();
    return new Map([...holds].map(([work, { holder, at }]) => [work, { holder, left: Math.max(0, lease - Math.max(0, now - at)) }]));
  }

  /** All that is held; how long a hold lasts, and the time on the server, in milliseconds. */
  async #list(): Promise<{ holds: Map<string, Hold>; lease: number; now: number }> {
    const filter = `${this.#prefix}.>`;
    // Listing the keys of a bucket would wait for messages that may not come; a count by subject is one answer.
    const info = await this.#patience.until(() => this.#jet.jsm.streams.info(this.#stream, { subjects_filter: filter }));
    const works = Object.keys(info.state.subjects ?? {}).map((subject) => subject.slice(this.#prefix.length + 1));
    const found = new Map<string, Hold>();
    for (let at = 0; at < works.length; at += width) {
      const some = works.slice(at, at + width);
      const holds = await Promise.all(some.map((work) => this.#read(work)));
      for (const [i, work] of some.entries()) if (holds[i] && holds[i].holder !== '') found.set(work, holds[i]);
    }
    // Servers before 2.10 do not say what time it is: holds are kept all the time, the newest is from a moment ago.
    const now = Date.parse(info.ts ?? info.state.last_ts);
    return { holds: found, lease: info.config.max_age / toNanos(1), now };
  }

  /** Whether it was written: false where another message is the newest. */
  async #write(work: string, holder: string, expected: number): Promise<boolean> {
    const expect = { lastSubjectSequence: expected };
    const seq = await this.#patience.until(async () => {
      try {
        return (await this.#jet.js.publish(`${this.#prefix}.${work}`, encode(holder), { expect })).seq;
      } catch (error) {
        if (isWrongLast(error)) return null;
        throw error;
      }
    });
    if (seq === null) return false;
    if (holder !== '') this.#own.set(work, seq);
    return true;
  }

  async #read(work: string): Promise<Hold | null> {
    const query = { last_by_subj: `${this.#prefix}.${work}` };
    const message = await this.#patience.until(() => askStored(this.#jet, this.#stream, query));
    return message && { seq: message.seq, holder: message.data.toString(), at: message.at };
  }
}
