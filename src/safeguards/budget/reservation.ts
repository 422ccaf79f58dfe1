import { writePico, parseMoney, type Pico } from './money.ts';
import type { Setup } from './setup.ts';
import { countSpent, sumPeriod } from './spent.ts';
import type { LedgerState } from './state.ts';

/** Asks for room in the budget before money is spent: an LLM call that is about to be made. */
export interface ReservationRequest {
  /** The same id that the record of the spend will carry. */
  id: string;
  amount: string | number;
  currency: string;
  /** Milliseconds since 1970; the ledger's `reservationExpiry` from now when left out. */
  expires?: number | undefined;
}

export type Granted = { granted: true; expires: number; remaining: string } | { granted: false; reason: string; remaining: string };

/** Room left: limit less what is spent and what is reserved. May be negative. */
export function findRoom(state: LedgerState, setup: Setup, now: number): Pico {
  const spent = countSpent(setup, sumPeriod(state, setup, setup.accounting.periodAt(now)));
  return setup.limitPico - (spent > 0n ? spent : 0n) - sumReserved(state);
}

export function sumReserved(state: LedgerState): Pico {
  let sum = 0n;
  for (const { amount } of state.reservations.values()) sum += amount;
  return sum;
}

/**
 * Grants a reservation when spent, reserved and asked for together stay within the limit. Asking again under an id
 * that holds one answers as the first time did, so that a retry does not reserve twice.
 */
export function reserve(state: LedgerState, setup: Setup, request: ReservationRequest, now: number): Granted {
  const { id, currency, expires = now + setup.options.reservationExpiry } = request;
  const remaining = () => writePico(findRoom(state, setup, now));
  const denied = (reason: string): Granted => ({ granted: false, reason, remaining: remaining() });
  const money = parseMoney(request.amount);
  if (!money.ok) return denied(money.reason);
  if (money.pico <= 0n) return denied('amount is not above 0');
  if (currency !== setup.options.currency) return denied(`currency is not ${setup.options.currency}`);
  if (!(expires > now)) return denied('it would expire before it begins');
  const held = state.reservations.get(id);
  if (held) {
    if (held.amount !== money.pico) return denied('the same id holds another amount');
    return { granted: true, expires: held.expires, remaining: remaining() };
  }
  if (money.pico > findRoom(state, setup, now)) return denied('it would pass the limit');
  state.reservations.set(id, { amount: money.pico, expires });
  return { granted: true, expires, remaining: remaining() };
}

/** Drops what has expired; returns how many. A call that still comes in afterwards is booked as any other record. */
export function expireReservations(state: LedgerState, now: number): number {
  let expired = 0;
  for (const [id, { expires }] of state.reservations) {
    if (expires > now) continue;
    state.reservations.delete(id);
    expired += 1;
  }
  return expired;
}
