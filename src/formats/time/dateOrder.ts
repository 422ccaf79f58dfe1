import { dayMs, isDate } from './isoTime.ts';
import type { OpenDate } from './stamp.ts';

/** How dates in three numbers are read; null where nothing has settled it and the signs between them decide. */
export type DateOrder = {
  /** With a year of four digits behind: `03/06/2024`. */
  long: 'dmy' | 'mdy' | null;
  /** With a year of two digits: `24/06/03`. */
  short: 'ymd' | 'dmy' | 'mdy' | null;
};

/** Three numbers of a date, as they are written. */
export type Numbers = readonly [number, number, number];

const day = 86_400_000;
/** A file was last written soon after its last line: a reading that ends this close to it is the likely one. */
const freshDays = 31;

/** Places of year, month and day in the three numbers. */
const places = { ymd: [0, 1, 2], dmy: [2, 1, 0], mdy: [2, 0, 1] } as const;
type Order = keyof typeof places;

const fullYear = (year: number) => (year >= 100 ? year : year + (year < 70 ? 2000 : 1900));

/** The day that the numbers name in an order, in milliseconds; NaN when there is none. */
function dayIn(order: Order, numbers: Numbers): number {
  const [y, m, d] = places[order].map((place) => numbers[place]!) as [number, number, number];
  return isDate(fullYear(y), m, d) ? dayMs(fullYear(y), m, d) : Number.NaN;
}

/** What speaks against an order, gravest first: days that do not exist, days after the file's, steps back, the days covered. */
function faults(order: Order, dates: readonly Numbers[], reference: number | undefined): number[] {
  const days = dates.map((numbers) => dayIn(order, numbers));
  const real = days.filter((ms) => !Number.isNaN(ms));
  const last = real.at(-1) ?? Number.NaN;
  const back = real.filter((ms, i) => i > 0 && ms < real[i - 1]!).length;
  // A file written from the newest line down steps back all the time, and never forward.
  const forth = real.filter((ms, i) => i > 0 && ms > real[i - 1]!).length;
  const late = reference === undefined ? 0 : real.filter((ms) => ms > reference + day).length;
  const span = real.length === 0 ? 0 : (Math.max(...real) - Math.min(...real)) / day;
  const stale = reference === undefined || reference - last <= freshDays * day ? 0 : 1;
  return [days.length - real.length, late, Math.min(back, forth), span, stale];
}

/**
 * The order in which a stream writes its dates, by impossible values, by days after the file was last changed, by steps and
 * by the length of time covered; null when all that leaves it open.
 * @param reference milliseconds since 1970 of the file's last change
 */
export function settleOrder(kind: Exclude<OpenDate, ''>, dates: readonly Numbers[], reference: number | undefined): Order | null {
  if (dates.length === 0) return null;
  const orders: Order[] = kind === 'short' ? ['ymd', 'mdy', 'dmy'] : ['mdy', 'dmy'];
  const judged = orders.map((order) => ({ order, faults: faults(order, dates, reference) }));
  judged.sort((a, b) => firstDifference(a.faults, b.faults));
  const [best, second] = judged;
  if (firstDifference(best!.faults, second!.faults) < 0) return best!.order;
  if (kind === 'long' || reference === undefined) return null;
  // Two digits say little: of the equals, the latest that is not after the file.
  const equals = judged.filter(({ faults: found }) => firstDifference(best!.faults, found) === 0);
  return equals.sort((a, b) => dayIn(b.order, dates.at(-1)!) - dayIn(a.order, dates.at(-1)!))[0]!.order;
}

/** The orders that a stream's dates are read in, by those of its first records: texts that may begin with a date. */
export function settleOrders(dates: readonly string[], reference: number | undefined): DateOrder {
  const triples = dates.map((text) => openNumbers(text)).filter((found) => found !== null);
  const short = triples.filter(([, , year]) => year < 100);
  const long = triples.filter(([, , year]) => year >= 100);
  return { long: settleOrder('long', long, reference) as DateOrder['long'], short: settleOrder('short', short, reference) };
}

function firstDifference(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) if (value !== b[i]) return value - b[i]!;
  return 0;
}

const numbers = /^\[?(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/;

/** The three numbers of the date that begins a text; null when there is none. */
export function openNumbers(text: string): Numbers | null {
  const found = numbers.exec(text);
  return found && [Number(found[1]), Number(found[2]), Number(found[3])];
}
