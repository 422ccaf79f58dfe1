import { join } from 'node:path';
import { digest } from '../base/digest.ts';
import { isNewer, recordLine } from '../base/recordText.ts';
import { CaducusError } from '../errors.ts';
import type { Json } from '../event.ts';
import type { Files } from '../io.ts';
import { createBreaker, type Breaker, type BreakerState } from '../safeguards/breaker/breakerMachine.ts';
import { createLedger, type Ledger, type LedgerState } from '../safeguards/budget/ledger.ts';
import { writePico } from '../safeguards/budget/money.ts';
import type { GuessOptions } from './options.ts';

/** Answers that are kept; the oldest go first. */
const mostAnswers = 500;

/** What is remembered between questions, of a data folder: what was spent, how the endpoint is, what it answered. */
export interface GuessState {
  ledger: LedgerState;
  breaker: BreakerState;
  /** The endpoint wants to be left alone until then, milliseconds since 1970; 0 where it does not. */
  notBefore: number;
  /** By digest of the request. */
  answers: Map<string, string>;
}

interface Saved {
  /** What the ledger and the breaker are of. */
  budget: string;
  endpoint: string;
  ledger: Json;
  breaker: BreakerState;
  not_before: number;
  answers: [string, string][];
}

export const guessFolder = (dataDir: string): string => join(dataDir, 'guesses');
const stateFile = (dataDir: string): string => join(guessFolder(dataDir), 'state.json');

/** Name of whom the budget is charged to. */
export const payer = 'guesses';

/** The budget that is asked before a question is. */
export const makeGuessLedger = ({ budget }: GuessOptions): Ledger => createLedger({ ...budget, thresholds: [], burn: [], maxIds: 10_000 });

/** What stands before the endpoint: three failures in a row open it, for longer each time. */
export const makeGuessBreaker = ({ timeout }: GuessOptions): Breaker =>
  createBreaker(
    { failureThreshold: 3, waitInOpen: 60_000, backoff: { multiplier: 2, max: 3_600_000 }, permitTimeout: timeout + 60_000 },
    payer,
  );

const nameBudget = ({ budget: { currency, period, timeZone } }: GuessOptions): string => `${currency} ${period} ${timeZone}`;
const nameEndpoint = ({ url, model }: GuessOptions): string => digest(`${url}\0${model}`);

/**
 * Reads what is remembered. A budget in another currency or period begins anew, so does the breaker of another endpoint. What
 * was reserved when a process died is booked in full: nobody knows what came of it.
 */
export function readGuessState(files: Files, dataDir: string, options: GuessOptions, now: number): GuessState {
  const saved = parseSaved(files, stateFile(dataDir));
  const ledger = makeGuessLedger(options);
  const state: GuessState = {
    ledger: saved?.budget === nameBudget(options) ? ledger.load(saved.ledger) : ledger.start(payer),
    ...(saved?.endpoint === nameEndpoint(options)
      ? { breaker: saved.breaker, notBefore: saved.not_before }
      : { breaker: makeGuessBreaker(options).start(now), notBefore: 0 }),
    answers: new Map(saved?.answers ?? []),
  };
  for (const [id, { amount }] of [...state.ledger.reservations])
    ledger.commit(state.ledger, makeSpend(id, writePico(amount), options, now), now);
  return state;
}

/** A record of the spend on one question. */
export const makeSpend = (id: string, amount: string, { model, budget: { currency } }: GuessOptions, now: number) => ({
  id,
  source: payer,
  key: payer,
  kind: 'delta' as const,
  amount,
  currency,
  eventTime: now,
  name: model,
});

export function writeGuessState(files: Files, dataDir: string, options: GuessOptions, state: GuessState): void {
  const saved: Saved = {
    budget: nameBudget(options),
    endpoint: nameEndpoint(options),
    ledger: makeGuessLedger(options).save(state.ledger),
    breaker: state.breaker,
    not_before: state.notBefore,
    answers: [...state.answers].slice(-mostAnswers),
  };
  files.writeSync(stateFile(dataDir), recordLine(saved));
}

/** null where nothing is kept. Throws CAD011 where it cannot be read: to begin anew would forget what was spent. */
function parseSaved(files: Files, file: string): Saved | null {
  const text = files.readSync(file);
  if (text === null) return null;
  const saved = parse(text);
  if (saved !== null && !isNewer(saved)) return saved;
  throw new CaducusError('CAD011', { file }, saved === null ? 'is damaged' : 'is of a later release', {
    hint: 'Remove it to begin anew: what was spent and answered is forgotten then.',
  });
}

function parse(text: string): Saved | null {
  try {
    return JSON.parse(text) as Saved | null;
  } catch {
    return null;
  }
}
