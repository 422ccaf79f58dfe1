import { CaducusError } from '../../errors.ts';
import { toIso, type Json, type JsonObject } from '../../event.ts';
import { makeBreaker } from '../../safeguards/breaker/breakerMachine.ts';
import type { Finding } from '../../signal.ts';
import { makeSinkDecision, type SinkDecision } from '../../findings/whyNot/decision.ts';
import { setNewest } from '../../base/evictOldest.ts';
import { keepUndelivered } from '../../store/undelivered.ts';
import { messageText } from '../../views/message/messageText.ts';
import { zeroCounters } from '../counters.ts';
import type { SinkContext, SinkCounters, SinkTrouble } from '../sink.ts';
import { Fallback } from './fallback.ts';
import type { MakeMessage } from './message.ts';
import { messageKind, News, type MessageKind, type NewsVerdict } from './news.ts';
import type { WebhookOptions } from './options.ts';
import { Outbox } from './outbox.ts';
import { Pump } from './pump.ts';
import { readState, type Receiver } from './receiver.ts';

/** Findings whose last reason is remembered. */
const mostHeld = 10_000;

export interface ChannelOptions {
  /** As errors and breakers name it: the sink, and its route where it has some. */
  id: string;
  options: WebhookOptions;
  context: SinkContext;
  message: MakeMessage;
  receiver: Receiver;
  fallback: Receiver | null;
  /** What `save` gave at the last checkpoint. */
  from: Json;
}

/** One receiver with all that is its own: what it was sent, what waits for it, the pump, and who is called when it is down. */
export class Channel {
  readonly counters: SinkCounters = zeroCounters();
  /** What a dry run would have sent. */
  readonly would: Record<MessageKind, number> = { opened: 0, updated: 0, resolved: 0 };
  /** Messages that were given up. */
  given = 0;
  readonly #of: ChannelOptions;
  readonly #outbox: Outbox;
  readonly #news: News;
  readonly #pump: Pump;
  readonly #fallback: Fallback | null;
  /** Why findings were held back last, by their ids: each reason is reported once. */
  readonly #held = new Map<string, string>();

  constructor(of: ChannelOptions) {
    const { id, options, context, receiver, from } = of;
    this.#of = of;
    this.#outbox = new Outbox(from);
    this.#fallback = of.fallback && new Fallback(of.fallback, options, { ...context, id }, fieldIn(from, 'fallback'));
    const sent = { last: (one: string) => this.#outbox.last(one), isWaiting: (one: string) => this.#outbox.get(one) !== null };
    this.#news = new News(options, sent, receiver, from);
    this.#pump = new Pump({
      io: context.io,
      id,
      receiver,
      outbox: this.#outbox,
      breaker: makeBreaker(options.breaker, `sink:${id}`),
      counters: this.counters,
      giveUp: (finding, why) => this.#giveUp(finding, why),
      interval: 60_000 / options.perMinute,
      timeout: options.timeout,
      answered: (finding, kind, answer) => this.#decide(kind, finding, answer.why, answer.text),
      failed: (trouble) => this.#fallback?.stepIn(trouble, this.#outbox.findings()),
    });
  }

  judge(finding: Finding, now: number): NewsVerdict {
    const verdict = this.#news.judge(finding, now);
    if ('withheld' in verdict && verdict.withheld !== 'known' && this.#held.get(finding.id) !== verdict.withheld) {
      setNewest(this.#held, finding.id, verdict.withheld, mostHeld);
      this.#decide('withheld', finding, verdict.withheld);
    }
    return verdict;
  }

  /** State and severity in which a finding was sent last, or waits; null where it never was. */
  known(id: string): string | null {
    const letter = this.#outbox.get(id);
    return letter ? readState(letter.finding) : (this.#outbox.last(id)?.state ?? null);
  }

  /** Takes a finding, to be sent within `delay` milliseconds; `counted` where it is in the sums of the sink. */
  async put(finding: Finding, delay: number, counted: boolean): Promise<void> {
    const { options, context } = this.#of;
    if (options.dryRun) {
      await this.#print(finding, counted);
      return;
    }
    if (this.#outbox.get(finding.id) === null && this.#outbox.size >= options.maxOutbox) await this.#makeRoom();
    this.counters.filtered += this.#outbox.put(finding, context.io.monotonic() + delay, counted);
    this.#fallback?.follow(finding);
    this.counters.held = this.#outbox.held;
  }

  /** What was put is all there is for now. */
  poke(): void {
    this.#pump.poke();
  }

  get waiting(): number {
    return this.#outbox.size;
  }

  get retried(): number {
    return this.#pump.retried;
  }

  /** What went wrong last; null while all is well. */
  get trouble(): string | null {
    return this.#pump.trouble;
  }

  get down(): SinkTrouble | null {
    return this.#pump.down;
  }

  save(): JsonObject {
    return { ...this.#outbox.save(), ...this.#news.save(), ...(this.#fallback && { fallback: this.#fallback.save() }) };
  }

  async close(): Promise<void> {
    const { drain } = this.#of.options;
    await Promise.all([this.#pump.drain(drain), this.#fallback?.close(drain)]);
    await this.#pump.close();
  }

  #decide(kind: SinkDecision['kind'], finding: Finding, why: string, answer?: string): void {
    const { context, id } = this.#of;
    context.decided?.(
      makeSinkDecision(kind, finding, { sink: id, wall: toIso(context.io.now()), why, ...(answer !== undefined && { answer }) }),
    );
  }

  async #print(finding: Finding, counted: boolean): Promise<void> {
    const { context, message, receiver } = this.#of;
    const last = this.#outbox.last(finding.id);
    this.would[messageKind(finding, last)] += 1;
    await context.io.stdout.write(`${messageText(message(finding, last)).join('\n')}\n`);
    this.#outbox.remember(finding.id, { content: receiver.content(finding), state: readState(finding), at: context.io.now(), ref: null });
    this.counters.written += Number(counted);
  }

  async #makeRoom(): Promise<void> {
    const { options, context } = this.#of;
    const { size } = this.#outbox;
    if (options.whenFull === 'fail')
      throw new CaducusError('CAD073', { path: `sinks.${context.id}` }, `${size} messages wait; last trouble: ${this.trouble ?? 'none'}`);
    const dropped = this.#outbox.dropOldest();
    this.counters.failed += Number(dropped?.counted ?? false);
    if (dropped) await this.#giveUp(dropped.finding, `more than ${options.maxOutbox} messages waited`);
  }

  /** The run goes on where that cannot be written: the note says so. */
  async #giveUp(finding: Finding, why: string): Promise<void> {
    const { io, dataDir, pipeline, id: sink } = this.#of.context;
    this.given += 1;
    this.#decide('given up', finding, why);
    await keepUndelivered(io.files, dataDir, { at: toIso(io.now()), pipeline, sink, why, finding }).catch((error: Error) => {
      this.#pump.trouble = `what was given up cannot be kept: ${error.message}`;
    });
  }
}

/** What a saved position has under a name. */
export const fieldIn = (from: Json | null, name: string): Json =>
  from === null || typeof from !== 'object' || Array.isArray(from) || !Object.hasOwn(from, name) ? null : (from[name] ?? null);
