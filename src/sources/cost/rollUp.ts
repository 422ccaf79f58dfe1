import { isoTime } from '../../formats/time/isoTime.ts';
import { parseMoney, type Pico } from '../../safeguards/budget/money.ts';
import type { CostColumns } from './columns.ts';

/** Kinds of charge that give money back: of CUR and, in the first word, of FOCUS. Discounts and what a savings plan covers lower a charge instead. */
const givesBack = new Set(['credit', 'refund']);

/** The spend of one account on one service in one hour or day; charges and credits apart, since budgets may judge them apart. */
export interface Bucket {
  /** Begin of the hour or day, UTC, milliseconds since 1970. */
  time: number;
  account: string;
  service: string;
  currency: string;
  credit: boolean;
  /** Rows in it. */
  rows: number;
  amount: Pico;
}

const keyOf = ({ time, account, service, currency, credit }: Bucket): string => JSON.stringify([time, account, service, currency, credit]);

/** The bucket of a key, empty; null when it is the key of none. */
export function bucketOf(key: string): Bucket | null {
  const [time, account, service, currency, credit] = JSON.parse(key) as unknown[];
  if (typeof time !== 'number' || typeof account !== 'string' || typeof service !== 'string' || typeof currency !== 'string') return null;
  return { time, account, service, currency, credit: credit === true, rows: 0, amount: 0n };
}

/** Most buckets: a month of hours of 100 services in 20 accounts has 1.5 million; a day has 1/24 of them. */
const mostBuckets = 2_000_000;
const step = { hour: 3_600_000, day: 86_400_000 } as const;

export interface RollUpOptions {
  every: keyof typeof step;
  /** Kinds of charge to leave out, in lower case. */
  exclude: ReadonlySet<string>;
}

/** A row that is not spend that we can add: why. null when it was added, or left out on purpose. */
export type RowProblem = string | null;

/**
 * Adds up the rows of cost reports exactly, in integers of 10^-12 of the currency. A report of a month has millions of
 * rows that change from export to export; what a budget wants is what each hour has cost so far.
 */
export class RollUp {
  readonly #options: RollUpOptions;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: RollUpOptions) {
    this.#options = options;
  }

  add(fields: readonly string[], columns: CostColumns): RowProblem {
    const at = (column: number) => (column < 0 ? '' : (fields[column] ?? '').trim());
    if (this.#options.exclude.has(at(columns.charge).toLowerCase())) return null;
    const text = at(columns.time);
    // Some exports leave the zone out; it is UTC in all of them.
    const time = isoTime(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
    if (Number.isNaN(time)) return `${JSON.stringify(text.slice(0, 40))} is not a time`;
    const money = parseMoney(at(columns.amount) === '' ? '0' : at(columns.amount));
    if (!money.ok) return money.reason;
    if (money.pico === 0n) return null;
    const currency = at(columns.currency);
    if (currency === '') return 'currency is missing';
    const every = step[this.#options.every];
    const credit = columns.charge < 0 ? money.pico < 0n : givesBack.has(at(columns.charge).toLowerCase());
    return this.#sum({
      time: Math.floor(time / every) * every,
      account: at(columns.account),
      service: at(columns.service) || 'other',
      currency,
      credit,
      rows: 1,
      amount: money.pico,
    });
  }

  #sum(row: Bucket): RowProblem {
    const key = keyOf(row);
    const bucket = this.#buckets.get(key);
    if (bucket) {
      bucket.amount += row.amount;
      bucket.rows += 1;
    } else if (this.#buckets.size >= mostBuckets) return `more than ${mostBuckets} sums of ${this.#options.every}s; roll up by day`;
    else this.#buckets.set(key, row);
    return null;
  }

  /** All sums, by key. */
  get buckets(): ReadonlyMap<string, Bucket> {
    return this.#buckets;
  }
}

/** In order of time and key. */
export const inOrder = (buckets: Iterable<[string, Bucket]>): [string, Bucket][] =>
  [...buckets].toSorted(([a, x], [b, y]) => x.time - y.time || (a < b ? -1 : 1));
