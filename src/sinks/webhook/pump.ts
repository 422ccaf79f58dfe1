import { backoffDelay } from '../../base/backoff.ts';
import { explainFailure } from '../../base/explainFailure.ts';
import { retryAfter } from '../../base/retryAfter.ts';
import { withTimeLimit } from '../../base/timeLimit.ts';
import type { Io } from '../../io.ts';
import type { Acquired, Breaker, BreakerState, Permit } from '../../safeguards/breaker/breakerMachine.ts';
import type { Finding } from '../../signal.ts';
import type { SinkCounters, SinkTrouble } from '../sink.ts';
import { exchange } from './exchange.ts';
import { messageKind } from './news.ts';
import { isLate } from './message.ts';
import type { Letter, Outbox } from './outbox.ts';
import { readState, type Call, type Receiver, type Verdict } from './receiver.ts';

export interface PumpOptions {
  io: Io;
  id: string;
  receiver: Receiver;
  outbox: Outbox;
  breaker: Pick<Breaker, 'start' | 'acquire' | 'record'>;
  counters: SinkCounters;
  /** Called with a message that will never be delivered, and why. */
  giveUp(finding: Finding, why: string): Promise<void>;
  /** Least time between two messages, milliseconds. */
  interval: number;
  /** Longest wait for an answer, milliseconds. */
  timeout: number;
  /** Called with each message that was taken, and with each that was not and waits. */
  answered?(finding: Finding, kind: 'sent' | 'failed' | 'waiting', answer: { why: string; text?: string }): void;
  /** Called each time that nothing could be delivered. */
  failed?(trouble: SinkTrouble): void;
}

/** Most that a receiver's Retry-After is believed, milliseconds. */
const longestWait = 3_600_000;
/** A receiver that is back is noticed within the longest wait. */
const waits = { first: 1_000, most: 30_000 };

/** Sends what is in the outbox, in the background, one message at a time, for as long as it takes. */
export class Pump {
  /** What went wrong last; null while all is well. */
  trouble: string | null = null;
  /** Since when nothing has been delivered, and why, milliseconds of the wall clock; null while the receiver takes messages. */
  down: SinkTrouble | null = null;
  retried = 0;
  readonly #options: PumpOptions;
  readonly #stop = new AbortController();
  readonly #state: BreakerState;
  #wake = () => {};
  #sentAt = Number.NEGATIVE_INFINITY;
  #running: Promise<void>;
  #emptied = () => {};

  constructor(options: PumpOptions) {
    this.#options = options;
    this.#state = options.breaker.start(options.io.now());
    this.#running = this.#run();
  }

  /** There is something new in the outbox. */
  poke(): void {
    this.#wake();
  }

  /** Resolves when the outbox is empty, or after that many milliseconds. */
  async drain(limit: number): Promise<void> {
    if (this.#options.outbox.size === 0) return;
    const done = new AbortController();
    const empty = new Promise<void>((resolve) => (this.#emptied = resolve));
    await Promise.race([empty, this.#options.io.sleep(limit, done.signal).catch(() => undefined)]);
    done.abort();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { outbox, io } = this.#options;
    while (!this.#stop.signal.aborted) {
      const letter = outbox.next(io.monotonic());
      if (!letter) this.#emptied();
      const wait = letter ? Math.max(letter.notBefore, this.#sentAt + this.#options.interval) - io.monotonic() : Number.POSITIVE_INFINITY;
      if (wait > 0) await this.#pause(wait);
      else await this.#deliver(letter!);
    }
  }

  /** Waits, until something new comes or the pump is closed. */
  async #pause(ms: number): Promise<void> {
    const nap = new AbortController();
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    const slept = Number.isFinite(ms) ? this.#options.io.sleep(ms, nap.signal).catch(() => undefined) : new Promise<void>(() => {});
    await Promise.race([woken, slept]);
    this.#wake = () => {};
    nap.abort();
  }

  async #deliver(letter: Letter): Promise<void> {
    const { io, breaker, receiver, outbox, counters } = this.#options;
    const { finding, counted } = letter;
    const content = receiver.content(finding);
    if (outbox.last(finding.id)?.content === content) {
      // It came while the same was being sent.
      outbox.settle(letter, finding);
      counters.filtered += Number(counted);
      counters.held = outbox.held;
      return;
    }
    const now = io.now();
    const leave: Acquired = breaker.acquire(this.#state, now);
    if (leave.permit === null) {
      this.#failed(`${leave.why}${this.down ? ` (${this.down.why})` : ''}`, this.down?.why ?? leave.why);
      letter.notBefore = io.monotonic() + Math.max(1_000, (leave.retryAt ?? now) - now);
      this.#wait(letter, leave.why);
      return;
    }
    this.#sentAt = io.monotonic();
    const last = outbox.last(finding.id);
    // An end of what nobody knows of: first that it was.
    const begin = receiver.endsWhatBegan === true && isLate(finding, last) ? ({ ...finding, state: 'firing' } as Finding) : null;
    const sent = begin ?? finding;
    letter.underWay = { finding, counted };
    const call = receiver.call(sent, last);
    const isPart = receiver.isPart?.(sent, last) ?? false;
    const { verdict, wait, status } = call ? await this.#send(call, leave.permit) : this.#skip(leave.permit);
    letter.underWay = null;
    const isReplaced = letter.finding !== finding;
    if (verdict.ok) {
      if (call) this.#options.answered?.(finding, 'sent', { why: messageKind(sent, last), text: String(status) });
      const ref = receiver.keep ? receiver.keep(sent, last, verdict.ref) : verdict.ref;
      outbox.remember(finding.id, { content: isPart ? '' : receiver.content(sent), state: readState(sent), at: io.now(), ref });
      this.trouble = null;
      this.down = null;
      outbox.wake(io.monotonic());
      if ((begin || isPart) && !isReplaced) return;
      outbox.settle(letter, finding);
      counters.written += Number(counted);
    } else if (verdict.fresh || verdict.retry) {
      if (verdict.fresh) outbox.forget(finding.id);
      else this.#again(letter, verdict.why, wait);
      // This state will never be sent: a later one took its place while it was under way.
      counters.filtered += Number(isReplaced && counted);
    } else {
      outbox.settle(letter, finding);
      counters.failed += Number(counted);
      // Before anything is waited for: the sums hold at every moment.
      counters.held = outbox.held;
      this.trouble = verdict.why;
      await this.#options.giveUp(finding, verdict.why);
    }
    counters.held = outbox.held;
  }

  #again(letter: Letter, why: string, asked: number): void {
    if (this.#stop.signal.aborted) return;
    this.#failed(why);
    this.retried += 1;
    letter.failures += 1;
    this.#wait(letter, why);
    const delay = backoffDelay(`${this.#options.id}:${letter.finding.id}`, letter.failures, waits);
    letter.notBefore = this.#options.io.monotonic() + Math.max(delay, asked);
  }

  /** A message waits for its receiver: reported the first time, and then no more. */
  #wait(letter: Letter, why: string): void {
    if (letter.isReported) return;
    letter.isReported = true;
    this.#options.answered?.(letter.finding, letter.failures > 0 ? 'failed' : 'waiting', { why });
  }

  #failed(trouble: string, why = trouble): void {
    this.trouble = trouble;
    this.down = { since: this.down?.since ?? this.#options.io.now(), why };
    this.#options.failed?.(this.down);
  }

  /** The receiver knows it already: nothing is sent, and nothing learned of its health. */
  #skip(permit: Permit): { verdict: Verdict; wait: number; status: number } {
    this.#options.breaker.record(this.#state, this.#options.io.now(), permit, { ok: true, duration: 0 });
    return { verdict: { ok: true, ref: null }, wait: 0, status: 0 };
  }

  async #send(call: Call, permit: Permit): Promise<{ verdict: Verdict; wait: number; status: number }> {
    const { io, breaker, receiver, timeout } = this.#options;
    const began = io.now();
    let verdict: Verdict;
    let wait = 0;
    let status = 0;
    try {
      const reply = await withTimeLimit(io, timeout, (signal) => exchange(io.net, call, signal), this.#stop.signal);
      status = reply.status;
      verdict = receiver.verdict(reply);
      if (!verdict.ok) verdict = { ...verdict, why: `${new URL(call.url).host}: ${verdict.why}` };
      wait = retryAfter(reply.retryAfter, io.now(), longestWait) ?? 0;
    } catch (error) {
      // The address may hold a secret: only its host and what kind of failure it was are kept.
      verdict = { ok: false, retry: true, why: `${new URL(call.url).host}: ${explainFailure(error)}` };
    }
    // A message the receiver cannot read says nothing about its health.
    const outcome = verdict.ok || !verdict.retry || verdict.fresh ? { ok: true } : { ok: false, why: verdict.why };
    breaker.record(this.#state, io.now(), permit, { ...outcome, duration: io.now() - began });
    return { verdict, wait, status };
  }
}
