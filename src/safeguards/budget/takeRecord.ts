import type { Ledger, Recorded } from './ledger.ts';
import type { SpendRecord } from './record.ts';
import type { LedgerState } from './state.ts';

/** A record as a source gives it: of spend, or of a cost that is in flight. */
export interface IncomingRecord extends Omit<SpendRecord, 'kind'> {
  /** `reserve` holds room for a cost, `commit` books what it was in the end and `release` gives the room back, under one id. */
  kind: SpendRecord['kind'] | 'reserve' | 'commit' | 'release';
  /** Reservations: when one of which nothing more comes is given up, milliseconds since 1970. */
  expires?: number | undefined;
}

/**
 * Takes a record of any kind. A reservation that is not granted is rejected with the reason. A release of what is not
 * held changes nothing: it may have expired, or come twice.
 */
export function takeRecord(ledger: Ledger, state: LedgerState, record: IncomingRecord, now: number): Recorded {
  const { kind } = record;
  if (kind === 'commit') return ledger.commit(state, { ...record, kind: 'delta' }, now);
  if (kind === 'release') {
    return { status: ledger.release(state, record.id) ? 'accepted' : 'duplicate', notices: [] };
  }
  if (kind !== 'reserve') return ledger.record(state, record as SpendRecord, now);
  const { id, amount, currency, expires } = record;
  if (typeof id !== 'string' || id === '') return { status: 'rejected', reason: 'id is missing', notices: [] };
  const granted = ledger.reserve(state, { id, amount, currency, expires }, now);
  if (granted.granted) return { status: 'accepted', notices: [] };
  return { status: 'rejected', reason: `reservation denied: ${granted.reason}`, notices: [] };
}
