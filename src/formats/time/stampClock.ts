import { z } from 'zod';
import type { DateOrder } from './dateOrder.ts';
import { dayMs, isDate, twoDigits } from './isoTime.ts';
import { clearStamp, emptyStamp, isLetter } from './stamp.ts';
import { scanStamp } from './stampScan.ts';
import { scanTime } from './stampTime.ts';
import { makeToLocal, makeToUtc, timeZoneName, type ToUtc } from '../timeZone.ts';

/** How stamps are read that leave something open. */
export const stampOptions = {
  timeZone: timeZoneName.default('UTC').describe('IANA zone of stamps that name none.'),
  year: z
    .int()
    .min(1970)
    .max(9999)
    .optional()
    .describe('Year of the first stamp that names none. Default: the latest that is not behind the last change of the file.'),
  dayFirst: z.boolean().default(false).describe('Read 01/02/2024 as the first of February.'),
};

export interface StampOptions {
  timeZone: string;
  year?: number | undefined;
  dayFirst: boolean;
}

const day = 86_400_000;

/** A clock as it is saved. A number, or null, where nothing but `last` is needed, and in positions of older releases. */
export type SavedStampClock = number | null | { last: number | null; previous: number };

/**
 * Stamps to milliseconds. What stamps leave out is carried on from the ones before: records run forward, so a date that
 * jumps back by more than a week without a year means the next year, and a time that jumps back by half a day without a
 * date means the next day.
 */
export class StampClock {
  /** Index behind the last stamp that `read` found. */
  end = 0;
  /** Whether that stamp named its zone. */
  zoned = false;
  /** Whether it was a time of day alone. */
  bare = false;
  /** Where a date without a time of day ends that `read` found in place of a stamp; -1 when there is none. It must name its year, or `10.30` would be one. */
  dateEnd = -1;
  /** Whether it was a day alone, with no time of day. */
  untimed = false;
  /** Whether it named its month and left the year out, as syslog does. */
  monthNamed = false;
  readonly #stamp = emptyStamp();
  readonly #toUtc: ToUtc;
  readonly #toLocal: (ms: number) => number;
  /** How dates in three numbers are read, once it is settled. */
  readonly order: DateOrder;
  /** Local time. */
  readonly #reference: number | undefined;
  readonly #year: number | undefined;
  /** Local time of the last stamp that left something out. */
  #last: number | null;
  /** UTC milliseconds of the last record; NaN where it is that of `#last`. */
  #near = Number.NaN;
  /** UTC milliseconds of the last record; NaN before the first. */
  #previous: number;
  readonly #isZoned: boolean;
  /** The year that holds it, and its bounds. */
  #lastYear = 0;
  #yearStart = 0;
  #yearEnd = 0;

  constructor(
    { timeZone, year, dayFirst }: StampOptions,
    reference: number | undefined,
    saved: SavedStampClock = null,
    previous = Number.NaN,
  ) {
    this.#toUtc = makeToUtc(timeZone);
    this.#toLocal = makeToLocal(timeZone);
    this.order = dayFirst ? { long: 'dmy', short: 'dmy' } : { long: null, short: null };
    this.#reference = reference === undefined ? undefined : this.#toLocal(reference);
    this.#year = year;
    this.#isZoned = timeZone !== 'UTC';
    const isWhole = typeof saved === 'object' && saved !== null;
    this.#last = isWhole ? saved.last : saved;
    this.#previous = isWhole ? saved.previous : previous;
  }

  /** A record of this time (UTC milliseconds) came: by it the hour that comes twice in autumn is told apart. NaN is no time. */
  note(time: number): void {
    if (!Number.isNaN(time)) this.#previous = time;
  }

  /** A record of this time came: stamps that leave their day or year out go on from there. */
  follow(time: number): void {
    this.#near = this.#previous = time;
  }

  /** Only where it is needed, which in most streams is never: this is one store a record. */
  #catchUp(): void {
    if (Number.isNaN(this.#near)) return;
    this.#last = this.#toLocal(this.#near);
    this.#near = Number.NaN;
  }

  /** What a new clock needs to go on. */
  save(): SavedStampClock {
    this.#catchUp();
    return this.#isZoned && !Number.isNaN(this.#previous) ? { last: this.#last, previous: this.#previous } : this.#last;
  }

  /** Milliseconds since 1970 of the stamp at `at`, which must give a time of day; NaN when there is none. */
  read(text: string, at: number): number {
    const stamp = this.#stamp;
    this.dateEnd = -1;
    if (!scanStamp(text, at, stamp, this.order)) return Number.NaN;
    if (!stamp.timed) {
      if (!Number.isNaN(stamp.year)) this.dateEnd = stamp.end;
      return Number.NaN;
    }
    const time = this.#resolve();
    this.monthNamed = Number.isNaN(stamp.year) && isLetter(text.charCodeAt(at));
    return time;
  }

  /** The same for month and day in four digits, a blank and the time (klog); NaN when they are none. */
  readMonthDay(text: string, at: number): number {
    const stamp = this.#stamp;
    clearStamp(stamp);
    const [month, date] = [twoDigits(text, at), twoDigits(text, at + 2)];
    if (!isDate(2000, month, date) || !scanTime(text, at + 5, stamp)) return Number.NaN;
    stamp.month = month;
    stamp.day = date;
    return this.#resolve();
  }

  /** A time of day that `read` gave, on the day that `dateEnd` found behind it. */
  joined(time: number): number {
    const { year, month, day: date } = this.#stamp;
    return dayMs(year, month, date) + (((time % day) + day) % day);
  }

  /** Whether a day that stands on a line of its own says more than the stamps: they are times of day, or there was none yet. */
  get wantsDay(): boolean {
    return this.bare || (this.#last === null && Number.isNaN(this.#near));
  }

  /** Times of day are of the day that `dateEnd` found, from here on. */
  enterDay(): void {
    const { year, month, day: date } = this.#stamp;
    this.#near = Number.NaN;
    // Its noon: every time of day is within half a day of it.
    this.#last = dayMs(year, month, date) + day / 2;
  }

  /** Begins on the day that another clock is in, so many days on. */
  beginDay(other: StampClock, days: number): void {
    other.#catchUp();
    this.#near = Number.NaN;
    this.#last = other.#last && (Math.floor(other.#last / day) + days) * day + day / 2;
  }

  /** The same for a text that is nothing but a stamp; a date alone is its midnight. */
  whole(text: string): number {
    const stamp = this.#stamp;
    if (!scanStamp(text, 0, stamp, this.order) || stamp.end !== text.length) return Number.NaN;
    // A day without a year needs its time: `10.30` alone is a number.
    return stamp.timed || !Number.isNaN(stamp.year) ? this.#resolve() : Number.NaN;
  }

  #resolve(): number {
    const { year, month, day: date, ms, zone, epoch, end } = this.#stamp;
    this.end = end;
    this.zoned = !Number.isNaN(zone) || !Number.isNaN(epoch);
    this.untimed = !this.#stamp.timed;
    this.bare = Number.isNaN(month) && Number.isNaN(epoch);
    if (!Number.isNaN(epoch)) return epoch;
    let local: number;
    if (Number.isNaN(month)) local = this.#inDay(ms);
    else if (Number.isNaN(year)) local = this.#inYear(month, date, ms);
    else local = dayMs(year, month, date) + ms;
    return Number.isNaN(zone) ? this.#toUtc(local, this.#previous) : local - zone * 60_000;
  }

  #inYear(month: number, date: number, ms: number): number {
    this.#catchUp();
    if (this.#last === null) return (this.#last = dayMs(this.#firstYear(month, date), month, date) + ms);
    if (this.#last < this.#yearStart || this.#last >= this.#yearEnd) this.#rememberYear(this.#last);
    const year = this.#lastYear;
    const local = dayMs(year, month, date) + ms;
    if (local > this.#last + 358 * day) return dayMs(year - 1, month, date) + ms;
    if (local < this.#last - 7 * day) {
      const next = dayMs(year + 1, month, date) + ms;
      // What would lie behind the file's end is a line out of order, and no new year.
      return this.#reference !== undefined && next > this.#reference + day ? local : (this.#last = next);
    }
    this.#last = Math.max(local, this.#last);
    return local;
  }

  /** Without any hint a leap year, so that every date exists. */
  #firstYear(month: number, date: number): number {
    if (this.#year !== undefined) return this.#year;
    if (this.#reference === undefined) return 2000;
    const latest = new Date(this.#reference).getUTCFullYear();
    return dayMs(latest, month, date) > this.#reference + day ? latest - 1 : latest;
  }

  #rememberYear(ms: number): void {
    this.#lastYear = new Date(ms).getUTCFullYear();
    this.#yearStart = dayMs(this.#lastYear, 1, 1);
    this.#yearEnd = dayMs(this.#lastYear + 1, 1, 1);
  }

  #inDay(ms: number): number {
    this.#catchUp();
    if (this.#last === null) {
      const reference = this.#reference ?? 0;
      const today = Math.floor(reference / day) * day;
      return (this.#last = today + ms > reference + day / 24 ? today - day + ms : today + ms);
    }
    const local = Math.floor(this.#last / day) * day + ms;
    if (local > this.#last + day / 2) return local - day;
    if (local < this.#last - day / 2) return (this.#last = local + day);
    this.#last = Math.max(local, this.#last);
    return local;
  }
}
