import { headers } from '@nats-io/transport-node';
import type { PubAck } from '@nats-io/jetstream';
import type { Io, Trouble } from 'caducus';
import type { Jet } from './connect.ts';

/** Messages under way at a time. */
const most = 256;
/** How long the server may take to acknowledge, milliseconds: what is sent while it is away is lost without a word. */
const answerWithin = 2_000;
/** Waits after failures, milliseconds: the first, and the longest. */
const waits = { first: 250, most: 5_000 };

/** Publishes messages side by side, each until the server has it. */
export class Publisher {
  acknowledged = 0;
  /** How many the server knew. */
  duplicates = 0;
  /** How often one was published once more. */
  again = 0;
  tooLarge = 0;
  readonly #jet: Jet;
  readonly #io: Pick<Io, 'now' | 'sleep'>;
  readonly #stream: string | undefined;
  readonly #underWay = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #failing: Trouble | null = null;

  constructor(jet: Jet, io: Pick<Io, 'now' | 'sleep'>, stream: string | undefined) {
    this.#jet = jet;
    this.#io = io;
    this.#stream = stream;
  }

  trouble(): Trouble | null {
    return this.#jet.trouble() ?? this.#failing;
  }

  /** Takes a message, once there is room; false for one that is larger than the server takes. */
  async publish(subject: string, text: string, name: string): Promise<boolean> {
    const body = Buffer.from(text);
    if (body.length > (this.#jet.nc.info?.max_payload ?? Number.POSITIVE_INFINITY)) {
      this.tooLarge += 1;
      return false;
    }
    while (this.#underWay.size >= most) await Promise.race(this.#underWay);
    const sending = this.#send(subject, body, name).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
    return true;
  }

  /** Resolves when the server has all. */
  async flush(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#jet.close();
    await this.flush();
  }

  async #send(subject: string, body: Uint8Array, name: string): Promise<void> {
    for (let failures = 0; !this.#closing.signal.aborted;) {
      try {
        const { duplicate } = await this.#ask(subject, body, name);
        this.acknowledged += 1;
        this.duplicates += Number(duplicate);
        this.#failing = null;
        return;
      } catch (error) {
        failures += 1;
        this.again += 1;
        this.#failing ??= {
          since: this.#io.now(),
          why: `the server does not take it: ${error instanceof Error ? error.message : String(error)}`,
        };
        await this.#io.sleep(Math.min(waits.most, waits.first * 2 ** (failures - 1)), this.#closing.signal).catch(() => undefined);
      }
    }
  }

  #ask(subject: string, body: Uint8Array, name: string): Promise<PubAck> {
    return this.#jet.js.publish(subject, body, {
      msgID: name,
      headers: headers(),
      timeout: answerWithin,
      ...(this.#stream !== undefined && { expect: { streamName: this.#stream } }),
    });
  }
}
