import { join } from 'node:path';
import { digest } from '../base/digest.ts';
import { CaducusError } from '../errors.ts';
import { toIso } from '../event.ts';
import type { Question } from '../findings/guesses/question.ts';
import { readGuess } from '../findings/guesses/readGuess.ts';
import { thisProcess, type Io } from '../io.ts';
import type { Guess } from '../results/guess.ts';
import type { Permit } from '../safeguards/breaker/breakerMachine.ts';
import { writePico, type Pico } from '../safeguards/budget/money.ts';
import { lock, type LockSelf } from '../store/lock.ts';
import { guessFolder, makeGuessBreaker, readGuessState, writeGuessState, type GuessState } from './guessState.ts';
import type { GuessOptions } from './options.ts';
import { Purse } from './purse.ts';
import { makeRequest, priceUsage, type GuessRequest } from './request.ts';
import { requestAnswer, type Reply } from './requestAnswer.ts';

/** What came of asking; what it cost, 0 from the cache, in the currency of the budget; where it failed whether it was sent at all. */
export type Guessed = { ok: true; guess: Guess; cost: string } | { ok: false; why: string; sent: boolean };

export interface GuesserContext {
  io: Io;
  dataDir: string;
  /** The process that holds the lock; this one when left out. */
  self?: LockSelf;
}

const refused = (why: string): Guessed => ({ ok: false, why, sent: false });

/**
 * Asks a model, one question at a time in a data folder, under a lock. In this order: what is cached is asked no more; the
 * breaker and the budget have to allow it; the most that it can cost is booked and on disk before it leaves; then what it did
 * cost takes the place of that. What the endpoint refused is free; what broke off, nobody knowing where, is booked in full.
 */
export class Guesser {
  readonly options: GuessOptions;
  readonly #context: GuesserContext;
  readonly #apiKey: string | undefined;

  /** Throws CAD021 when the variable of the key is not set; it asks the endpoint nothing. */
  constructor(options: GuessOptions, context: GuesserContext) {
    this.options = options;
    this.#context = context;
    this.#apiKey = readKey(options, context.io);
  }

  /** All that would be sent for a question, but for the key. */
  prepare(question: Question): GuessRequest {
    return makeRequest(question, this.options);
  }

  /** What is left of the budget, in its currency. */
  findLeft(): string {
    const { io } = this.#context;
    return writePico(new Purse(this.options, this.#read(), io).left);
  }

  /** Rejects where the disk fails, another process is asking (CAD041), or `signal` aborts. */
  async ask(question: Question, signal?: AbortSignal): Promise<Guessed> {
    const { io, dataDir, self = thisProcess } = this.#context;
    const request = this.prepare(question);
    const held = await lock(io, join(guessFolder(dataDir), 'lock'), self, signal ? { signal } : {});
    try {
      const state = this.#read();
      const known = state.answers.get(nameRequest(request));
      const guess = known === undefined ? null : readGuess(known, question);
      return guess ? { ok: true, guess, cost: '0' } : await this.#askAnew(question, request, state, signal);
    } finally {
      await held.release();
    }
  }

  async #askAnew(question: Question, request: GuessRequest, state: GuessState, signal?: AbortSignal): Promise<Guessed> {
    const { io } = this.#context;
    const breaker = makeGuessBreaker(this.options);
    const purse = new Purse(this.options, state, io);
    const began = io.now();
    if (state.notBefore > began) return refused(`the endpoint wants to be left alone until ${toIso(state.notBefore)}`);
    const acquired = breaker.acquire(state.breaker, began);
    if (!acquired.permit) return refused(explainBreaker(acquired, state));
    const id = `${nameRequest(request)}-${began}`;
    const denied = purse.hold(id, request.cost);
    if (denied !== null) {
      breaker.release(state.breaker, acquired.permit);
      return refused(denied);
    }
    // Before it leaves: a crash must not forget what it may have cost.
    this.#write(state);
    const { timeout } = this.options;
    let reply: Reply;
    try {
      reply = await requestAnswer(io, request, { apiKey: this.#apiKey, timeout, signal });
    } catch (error) {
      purse.settle(id, request.cost);
      breaker.release(state.breaker, acquired.permit);
      this.#write(state);
      throw error;
    }
    purse.settle(id, this.#findCost(reply, request));
    return this.#take(reply, { question, request, state, permit: acquired.permit });
  }

  /** Keeps what came, and what it says of the endpoint. */
  #take(reply: Reply, { question, request, state, permit }: Asked): Guessed {
    const { io } = this.#context;
    const guess = reply.ok ? readGuess(reply.content, question) : null;
    const why = reply.ok ? 'the answer is not what was asked for' : reply.why;
    makeGuessBreaker(this.options).record(state.breaker, io.now(), permit, guess ? { ok: true } : { ok: false, why });
    state.notBefore = reply.ok || reply.wait === 0 ? 0 : io.now() + reply.wait;
    if (reply.ok && guess) state.answers.set(nameRequest(request), reply.content);
    this.#write(state);
    return guess ? { ok: true, guess, cost: writePico(this.#findCost(reply, request)) } : { ok: false, why, sent: true };
  }

  /** What the endpoint says, which cannot be more than was booked; all of that where it says nothing. */
  #findCost(reply: Reply, { cost }: GuessRequest): Pico {
    if (!reply.ok) return reply.free ? 0n : cost;
    const real = reply.usage ? priceUsage(reply.usage, this.options) : cost;
    return real > cost ? cost : real;
  }

  #read(): GuessState {
    const { io, dataDir } = this.#context;
    return readGuessState(io.files, dataDir, this.options, io.now());
  }

  #write(state: GuessState): void {
    const { io, dataDir } = this.#context;
    writeGuessState(io.files, dataDir, this.options, state);
  }
}

/** A question that was sent. */
interface Asked {
  question: Question;
  request: GuessRequest;
  state: GuessState;
  permit: Permit;
}

const nameRequest = ({ url, body }: GuessRequest): string => digest(`${url}\0${body}`, 24);

function explainBreaker({ why, retryAt }: { why: string; retryAt: number | null }, { breaker }: GuessState): string {
  const until = retryAt === null ? '' : ` until ${toIso(retryAt)}`;
  return `the breaker is ${why}${until}: ${breaker.failures.at(-1) ?? 'it failed'}`;
}

function readKey({ apiKeyEnv }: GuessOptions, { env }: Io): string | undefined {
  if (apiKeyEnv === undefined) return undefined;
  const key = env[apiKeyEnv];
  if (key) return key.trim();
  throw new CaducusError('CAD021', { path: 'guesses.api_key_env' }, `${apiKeyEnv} is not set: it should hold the key of the endpoint`);
}
