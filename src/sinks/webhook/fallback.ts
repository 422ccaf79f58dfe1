import type { Json } from '../../event.ts';
import { makeBreaker } from '../../safeguards/breaker/breakerMachine.ts';
import type { Finding } from '../../signal.ts';
import { zeroCounters } from '../counters.ts';
import type { SinkContext, SinkTrouble } from '../sink.ts';
import type { WebhookOptions } from './options.ts';
import { Outbox } from './outbox.ts';
import { Pump } from './pump.ts';
import type { Receiver } from './receiver.ts';

/** A second receiver, for when the first has been down for long. What it was sent, it is kept up to date of. */
export class Fallback {
  readonly #outbox: Outbox;
  readonly #pump: Pump;
  readonly #io: SinkContext['io'];
  readonly #after: number;

  constructor(receiver: Receiver, { breaker, perMinute, timeout, fallbackAfter }: WebhookOptions, { io, id }: SinkContext, from: Json) {
    this.#io = io;
    this.#after = fallbackAfter;
    this.#outbox = new Outbox(from);
    this.#pump = new Pump({
      io,
      id: `${id}:fallback`,
      receiver,
      outbox: this.#outbox,
      breaker: makeBreaker(breaker, `sink:${id}:fallback`),
      // What the first receiver was offered is counted there.
      counters: zeroCounters(),
      // It still waits for the first.
      giveUp: async () => {},
      interval: 60_000 / perMinute,
      timeout,
    });
  }

  /** The first receiver has failed again: what waits for it is sent here when that has lasted too long. */
  stepIn({ since }: SinkTrouble, waiting: readonly Finding[]): void {
    if (this.#io.now() - since < this.#after) return;
    for (const finding of waiting) if (!this.#outbox.last(finding.id)) this.#put(finding);
  }

  /** A later state of what was sent here. */
  follow(finding: Finding): void {
    if (this.#outbox.last(finding.id) || this.#outbox.get(finding.id)) this.#put(finding);
  }

  #put(finding: Finding): void {
    this.#outbox.put(finding, this.#io.monotonic(), false);
    this.#pump.poke();
  }

  get trouble(): SinkTrouble | null {
    return this.#pump.down;
  }

  save(): Json {
    return this.#outbox.save();
  }

  async close(drain: number): Promise<void> {
    await this.#pump.drain(drain);
    await this.#pump.close();
  }
}
