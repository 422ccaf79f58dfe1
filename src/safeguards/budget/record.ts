import { parseMoney, type Pico } from './money.ts';
import type { Setup } from './setup.ts';

/** One record of spend or usage. */
export interface SpendRecord {
  /** Unique within its source: what makes it count once. */
  id: string;
  source: string;
  /** Whose budget it is charged to. */
  key: string;
  /** A delta adds its amount; a snapshot is the total of that id in the period of its time, and replaces an older one. */
  kind: 'delta' | 'snapshot';
  /** A decimal string, or a number that stands for its shortest spelling. Negative is a credit. */
  amount: string | number;
  currency: string;
  /** Milliseconds since 1970. */
  eventTime: number;
  /** Snapshots: the higher one counts; the event time when left out. */
  version?: number | string | undefined;
  /** What it was spent on, for the breakdown: a model, a service. */
  name?: string | undefined;
}

export type Checked = { ok: true; amount: Pico } | { ok: false; reason: string };

const longestId = 512;

/**
 * Whether a record can be booked, and its exact amount. Records come from outside: nothing about them is believed.
 *
 * @param now the time the record is judged at, milliseconds
 */
export function checkRecord(record: SpendRecord, key: string, { options, accounting }: Setup, now: number): Checked {
  const refused = (reason: string): Checked => ({ ok: false, reason });
  const { id, source, kind, currency, eventTime } = record;
  if (!isName(id)) return refused('id is missing, or longer than 512 characters');
  if (!isName(source)) return refused('source is missing, or longer than 512 characters');
  if (record.key !== key) return refused(`it belongs to ${quoted(record.key)}, not to ${quoted(key)}`);
  if (kind !== 'delta' && kind !== 'snapshot')
    return refused(`kind is ${quoted(kind)}, expected delta, snapshot, reserve, commit or release`);
  if (currency === undefined || currency === null || currency === '') return refused('currency is missing');
  if (currency !== options.currency) return refused(`currency is ${quoted(currency)}, the budget is in ${options.currency}`);
  const money = parseMoney(record.amount);
  if (!money.ok) return refused(money.reason);
  if (typeof eventTime !== 'number' || !Number.isFinite(eventTime)) return refused('event time is missing or cannot be read');
  if (Math.abs(eventTime) > 8.64e15) return refused('event time is beyond what a date can hold');
  if (eventTime > now + options.maxFutureSkew) return refused(`event time ${iso(eventTime)} is in the future of ${iso(now)}`);
  if (eventTime < accounting.horizon(now)) return refused(`period ${accounting.stepAt(eventTime).label} is closed`);
  if (!isVersion(record.version)) return refused('version is neither a number nor a string');
  return { ok: true, amount: money.pico };
}

/** -1, 0 or 1. Numbers, and strings of digits, by value; other strings by code unit, behind all numbers. */
export function compareVersions(a: number | string, b: number | string): number {
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== null && y !== null) return Math.sign(x - y);
  if (x !== null || y !== null) return x !== null ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const numeric = (version: number | string): number | null => {
  if (typeof version === 'number') return version;
  return /^\d{1,15}$/.test(version) ? Number(version) : null;
};
const isName = (value: unknown) => typeof value === 'string' && value.length > 0 && value.length <= longestId;
const isVersion = (value: unknown) => value === undefined || (typeof value === 'number' && Number.isFinite(value)) || isName(value);
const iso = (ms: number) => new Date(ms).toISOString();
const quoted = (value: unknown) => (typeof value === 'string' ? JSON.stringify(value.slice(0, 64)) : typeof value);
