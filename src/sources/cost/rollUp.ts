import { toIso } from '../../event.ts';
import { parseMoney, type Pico } from '../../safeguards/budget/money.ts';
import type { CostColumns } from './columns.ts';
import { plainNumber } from './reportNumber.ts';
import { parseReportTime } from './reportTime.ts';

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
  /** Month that bills it, `2026-03`, where that is not the month of its time: a correction of a month that is closed. */
  period: string | null;
  /** Rows in it. */
  rows: number;
  amount: Pico;
}

/** The month of a time in UTC, `2026-03`. */
const readMonth = (time: number): string => toIso(time).slice(0, 7);

/** The month in whose delivery a sum stands: each version of a delivery holds all that is known of its month. */
export const billedIn = ({ time, period }: Pick<Bucket, 'time' | 'period'>): string => period ?? readMonth(time);

const makeKey = ({ time, account, service, currency, credit, period }: Bucket): string =>
  JSON.stringify([time, account, service, currency, credit, ...(period === null ? [] : [period])]);

/** The bucket of a key, empty; null when it is the key of none. */
export function parseBucket(key: string): Bucket | null {
  const [time, account, service, currency, credit, period] = JSON.parse(key) as unknown[];
  if (typeof time !== 'number' || typeof account !== 'string' || typeof service !== 'string' || typeof currency !== 'string') return null;
  return {
    time,
    account,
    service,
    currency,
    credit: credit === true,
    period: typeof period === 'string' ? period : null,
    rows: 0,
    amount: 0n,
  };
}

/** Most buckets: a month of hours of 100 services in 20 accounts has 1.5 million; a day has 1/24 of them. */
const mostBuckets = 2_000_000;
const step = { hour: 3_600_000, day: 86_400_000 } as const;

export interface RollUpOptions {
  every: keyof typeof step;
  /** Kinds of charge to leave out, in lower case. */
  exclude: ReadonlySet<string>;
}

/** What databases write for "nothing". */
const isNull = /^\s*(null|nil|none|n\/a|\\N)?\s*$/i;

/** A row that is not spend that we can add: why. null when it was added, or left out on purpose. */
export type RowProblem = string | null;

/**
 * Adds up the rows of cost reports exactly, in integers of 10^-12 of the currency. A report of a month has millions of
 * rows that change from export to export; what a budget wants is what each hour has cost so far.
 */
export class RollUp {
  readonly #options: RollUpOptions;
  readonly #buckets = new Map<string, Bucket>();
  /** Rows by the month that bills them. */
  readonly #months = new Map<string, number>();

  constructor(options: RollUpOptions) {
    this.#options = options;
  }

  add(fields: readonly string[], columns: CostColumns): RowProblem {
    const at = (column: number) => (column < 0 || isNull.test(fields[column] ?? '') ? '' : fields[column]!.trim());
    if (this.#options.exclude.has(at(columns.charge).toLowerCase())) return null;
    const text = at(columns.time);
    const time = parseReportTime(text);
    if (Number.isNaN(time)) return `${JSON.stringify(text.slice(0, 40))} is not a time`;
    const billed = parseReportTime(at(columns.period));
    const period = Number.isNaN(billed) ? null : readMonth(billed);
    this.#count(period ?? readMonth(time));
    const money = parseMoney(plainNumber(at(columns.amount)) || '0');
    if (!money.ok) return money.reason;
    if (money.pico === 0n) return null;
    const currency = at(columns.currency);
    if (currency === '') return 'currency is missing';
    const every = step[this.#options.every];
    const credit = columns.charge < 0 ? money.pico < 0n : givesBack.has(at(columns.charge).toLowerCase());
    return this.#sum({
      time: Math.floor(time / every) * every,
      account: columns.account.map(at).find((name) => name !== '') ?? '',
      service: at(columns.service) || 'other',
      currency,
      credit,
      period: period === readMonth(time) ? null : period,
      rows: 1,
      amount: money.pico,
    });
  }

  #count(month: string): void {
    this.#months.set(month, (this.#months.get(month) ?? 0) + 1);
  }

  /**
   * Months that the reports tell all of: those they bill. A report that names no billing period may hold stray days of
   * another month; a month with less than a tenth of the rows of the largest is taken for that.
   */
  get months(): ReadonlySet<string> {
    const most = Math.max(...this.#months.values());
    return new Set([...this.#months].filter(([, rows]) => rows * 10 >= most).map(([month]) => month));
  }

  #sum(row: Bucket): RowProblem {
    const key = makeKey(row);
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
