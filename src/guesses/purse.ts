import type { Io } from '../io.ts';
import { writePico, type Pico } from '../safeguards/budget/money.ts';
import { ledgerOptions } from '../safeguards/budget/options.ts';
import { findRoom } from '../safeguards/budget/reservation.ts';
import { createSetup } from '../safeguards/budget/setup.ts';
import { makeGuessLedger, makeSpend, type GuessState } from './guessState.ts';
import type { GuessOptions } from './options.ts';

/** What may be spent on guesses, by the ledger of a state. Amounts are pico-units of the currency of the budget. */
export class Purse {
  readonly #options: GuessOptions;
  readonly #state: GuessState;
  readonly #io: Pick<Io, 'now'>;

  constructor(options: GuessOptions, state: GuessState, io: Pick<Io, 'now'>) {
    this.#options = options;
    this.#state = state;
    this.#io = io;
  }

  /** What is left of this period. */
  get left(): Pico {
    return findRoom(this.#state.ledger, createSetup(ledgerOptions.parse(this.#options.budget)), this.#io.now());
  }

  /** Books the most that a question can cost; why not where the limit has no room for it, else null. */
  hold(id: string, cost: Pico): string | null {
    const { budget, timeout } = this.#options;
    const { currency, period } = budget;
    const now = this.#io.now();
    const ledger = makeGuessLedger(this.#options);
    ledger.advance(this.#state.ledger, now);
    const request = { id, amount: writePico(cost), currency, expires: now + 2 * timeout + 60_000 };
    const granted = ledger.reserve(this.#state.ledger, request, now);
    if (granted.granted) return null;
    return `the budget has no room for it: ${granted.remaining} ${currency} are left of this ${period}, and it may cost ${request.amount}`;
  }

  /** What it did cost takes the place of what was booked; nothing where it was free. */
  settle(id: string, cost: Pico): void {
    const { ledger } = this.#state;
    const now = this.#io.now();
    if (cost === 0n) makeGuessLedger(this.#options).release(ledger, id);
    else makeGuessLedger(this.#options).commit(ledger, makeSpend(id, writePico(cost), this.#options, now), now);
  }
}
