import type { Json } from '../../event.ts';
import type { Period } from './accounting.ts';
import type { Pico } from './money.ts';
import { emptyWindows, type PaceWindows } from './paceWindows.ts';
import type { Series } from './series.ts';

/** A record that counted: enough to know it again. */
export interface Seen {
  amount: Pico;
  /** Id of the step it is booked in. */
  step: string;
  /** Snapshots only. */
  version: number | string | null;
}

/** What was booked in one step. Charges are the positive part, credits the negative one. */
export interface Totals extends Period {
  charges: Pico;
  credits: Pico;
  records: number;
  creditRecords: number;
  /** Records that came after their time had been judged. */
  late: number;
}

export interface Alarm {
  rule: string;
  period: Period;
  severity: 'info' | 'warning' | 'critical';
  since: number;
  /** An ended one fired, and its period is over: it does not fire again. */
  state: 'firing' | 'ended';
  /** Burn rates: since when it has been below its threshold. */
  clearSince?: number;
}

export interface Reservation {
  amount: Pico;
  expires: number;
}

export interface Counts {
  accepted: number;
  duplicate: number;
  /** Snapshots older than the one that counts. */
  stale: number;
  rejected: number;
  late: number;
  /** Ids given up because of `maxIds`. */
  forgotten: number;
}

/** The working state of one key's ledger. */
export type LedgerState = {
  key: string;
  /** The latest time given; null before the first. */
  now: number | null;
  /** The time of the last tick, or of the first record. */
  judged: number | null;
  /** Earliest event time counted. */
  first: number | null;
  seen: Map<string, Seen>;
  /** By step id, oldest first. */
  steps: Map<string, Totals>;
  fine: PaceWindows;
  coarse: Series;
  names: Map<string, Series>;
  alarms: Map<string, Alarm>;
  reservations: Map<string, Reservation>;
  counts: Counts;
  /** Periods whose books are closed for good, newest last, at most 24. */
  history: { id: string; spent: Pico }[];
};

export function startLedger(key: string): LedgerState {
  const counts = { accepted: 0, duplicate: 0, stale: 0, rejected: 0, late: 0, forgotten: 0 };
  return {
    key,
    now: null,
    judged: null,
    first: null,
    seen: new Map(),
    steps: new Map(),
    fine: emptyWindows(),
    coarse: new Map(),
    names: new Map(),
    alarms: new Map(),
    reservations: new Map(),
    counts,
    history: [],
  };
}

const bigintTag = '$pico';

/** To JSON: Maps as lists of pairs in their order, money as strings of pico-units. */
export function saveLedger(state: LedgerState): Json {
  const plain = (value: unknown): Json => {
    if (typeof value === 'bigint') return { [bigintTag]: String(value) };
    if (value instanceof Map) return [...value].map(([key, held]) => [key as string | number, plain(held)]);
    if (Array.isArray(value)) return value.map(plain);
    if (value === null || typeof value !== 'object') return value as Json;
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, plain(held)]));
  };
  return plain({ ...state, fine: state.fine.bins });
}

type Pairs = [string | number, unknown][];

/** The inverse of `saveLedger`. */
export function loadLedger(json: Json): LedgerState {
  const live = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(live);
    if (value === null || typeof value !== 'object') return value;
    const tagged = (value as Record<string, unknown>)[bigintTag];
    if (typeof tagged === 'string') return BigInt(tagged);
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, live(held)]));
  };
  const state = live(json) as Record<string, unknown>;
  const map = (name: string) => new Map(state[name] as Pairs);
  const names = new Map((state['names'] as [string, Pairs][]).map(([name, series]) => [name, new Map(series)]));
  return {
    ...state,
    names,
    seen: map('seen'),
    steps: map('steps'),
    fine: emptyWindows(new Map(state['fine'] as [number, Pico][])),
    coarse: map('coarse'),
    alarms: map('alarms'),
    reservations: map('reservations'),
  } as LedgerState;
}
