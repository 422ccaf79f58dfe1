import { backoffDelay } from '../../base/backoff.ts';
import { retryAfter } from '../../base/retryAfter.ts';
import { withTimeLimit } from '../../base/timeLimit.ts';
import type { Io } from '../../io.ts';
import type { Acquired, Breaker, BreakerState, Permit } from '../../safeguards/breaker/breakerMachine.ts';
import type { Finding } from '../../signal.ts';
import type { SinkCounters } from '../sink.ts';
import type { Letter, Outbox } from './outbox.ts';
import { stateOf, type Call, type Receiver, type Reply, type Verdict } from './receiver.ts';

export interface PumpOptions {
  io: Io;
  id: string;
  receiver: Receiver;
  outbox: Outbox;
  breaker: Pick<Breaker, 'start' | 'acquire' | 'record'>;
  counters: SinkCounters;
  /** Told of a message that will never be delivered, and why. */
  giveUp(finding: Finding, why: string): Promise<void>;
  /** Least time between two messages, milliseconds. */
  interval: number;
  /** Longest wait for an answer, milliseconds. */
  timeout: number;
}

/** Most that a receiver's Retry-After is believed, milliseconds. */
const longestWait = 3_600_000;
const waits = { first: 1_000, most: 5 * 60_000 };
/** Longest answer that is read, characters. */
const longestReply = 16_384;

/** Sends what is in the outbox, in the background, one message at a time, for as long as it takes. */
export class Pump {
  /** What went wrong last; null while all is well. */
  trouble: string | null = null;
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
    const said = receiver.said(finding);
    if (outbox.last(finding.id)?.said === said) {
      // It came while the same was being sent.
      outbox.settle(letter, finding);
      counters.filtered += Number(counted);
      counters.held = outbox.held;
      return;
    }
    const now = io.now();
    const leave: Acquired = breaker.acquire(this.#state, now);
    if (leave.permit === null) {
      this.trouble = leave.why;
      letter.notBefore = io.monotonic() + Math.max(1_000, (leave.retryAt ?? now) - now);
      return;
    }
    this.#sentAt = io.monotonic();
    const { verdict, wait } = await this.#send(receiver.call(finding, outbox.last(finding.id)), leave.permit);
    if (verdict.ok) {
      outbox.remember(finding.id, { said, state: stateOf(finding), at: io.now(), ref: verdict.ref });
      outbox.settle(letter, finding);
      counters.written += Number(counted);
      this.trouble = null;
    } else if (verdict.fresh) outbox.forget(finding.id);
    else if (verdict.retry) this.#again(letter, verdict.why, wait);
    else {
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
    this.trouble = why;
    this.retried += 1;
    letter.failures += 1;
    const delay = backoffDelay(`${this.#options.id}:${letter.finding.id}`, letter.failures, waits);
    letter.notBefore = this.#options.io.monotonic() + Math.max(delay, asked);
  }

  async #send(call: Call, permit: Permit): Promise<{ verdict: Verdict; wait: number }> {
    const { io, breaker, receiver, timeout } = this.#options;
    const began = io.now();
    let verdict: Verdict;
    let wait = 0;
    try {
      const reply = await withTimeLimit(io, timeout, (signal) => exchange(io, call, signal), this.#stop.signal);
      verdict = receiver.verdict(reply);
      wait = retryAfter(reply.retryAfter, io.now(), longestWait) ?? 0;
    } catch (error) {
      // The address may hold a secret: only what kind of failure it was is kept.
      verdict = { ok: false, retry: true, why: reasonOf(error) };
    }
    // A message the receiver cannot read says nothing about its health.
    const outcome = verdict.ok || !verdict.retry || verdict.fresh ? { ok: true } : { ok: false, why: verdict.why };
    breaker.record(this.#state, io.now(), permit, { ...outcome, duration: io.now() - began });
    return { verdict, wait };
  }
}

async function exchange(io: Io, { url, ...init }: Call, signal: AbortSignal): Promise<Reply> {
  const response = await io.net.fetch(url, { ...init, signal, redirect: 'error' });
  const text = await response.text();
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: text.slice(0, longestReply) };
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return cause?.code ?? (name === 'TimeLimitError' ? 'no answer in time' : (name ?? 'failed'));
}
