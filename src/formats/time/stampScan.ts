import type { DateOrder } from './dateOrder.ts';
import { isDate } from './isoTime.ts';
import { clearStamp, digitRun, isDigit, isLetter, monthAt, numberAt, weekdayAt, type Stamp } from './stamp.ts';
import { scanTime, scanZone } from './stampTime.ts';
import { scanTai } from './taiStamp.ts';

/** Sets the date when there is such a day. A day without a year may be 29 February. */
function setDate(stamp: Stamp, year: number, month: number, day: number, end: number): boolean {
  if (!isDate(Number.isNaN(year) ? 2000 : year, month, day)) return false;
  stamp.year = year;
  stamp.month = month;
  stamp.day = day;
  stamp.end = end;
  return true;
}

/** Two-digit years: 70 to 99 are of the last century (POSIX draws the line at 69). */
const fullYear = (short: number) => short + (short < 70 ? 2000 : 1900);

/** Index behind what may stand between a date and its time: `T`, blanks, a tab, ` - `, ` -- `, `-`, `_`, `:`, `::`, `,`, `/`, `|` or `][`. */
function behindDate(text: string, dateEnd: number): number {
  let at = dateEnd;
  const code = text.charCodeAt(at);
  if (code === 58) return text.charCodeAt(at + 1) === 58 ? at + 2 : at + 1;
  if (code === 44 || code === 84 || code === 116 || code === 45 || code === 95 || code === 47 || code === 9 || code === 124) at += 1;
  if (code === 93 && text.charCodeAt(at + 1) === 91) return at + 2;
  while (text.charCodeAt(at) === 32 && at < dateEnd + 4) at += 1;
  if (code === 32 && text.charCodeAt(at) === 45) {
    const end = text.charCodeAt(at + 1) === 45 ? at + 2 : at + 1;
    if (text.charCodeAt(end) === 32) at = end + 1;
  }
  return at;
}

/** The time of day behind a date. Without one the date stands alone. */
function scanTimeBehind(text: string, stamp: Stamp): true {
  const dateEnd = stamp.end;
  const at = behindDate(text, dateEnd);
  if (at === dateEnd || !scanTime(text, at, stamp)) stamp.end = dateEnd;
  return true;
}

/** `2024-05-01`, `2024/05/01`, `2005.06.03`, `2024:05:01`. */
function scanYearFirst(text: string, at: number, stamp: Stamp): boolean {
  const separator = text.charCodeAt(at + 4);
  const colons = separator === 58;
  if (separator !== 45 && separator !== 47 && separator !== 46 && !colons) return false;
  const months = digitRun(text, at + 5);
  const dayAt = at + 6 + months;
  const days = digitRun(text, dayAt);
  if (colons && (months !== 2 || days !== 2)) return false;
  if (months < 1 || months > 2 || days < 1 || days > 2 || text.charCodeAt(dayAt - 1) !== separator) return false;
  return setDate(stamp, numberAt(text, at, 4), numberAt(text, at + 5, months), numberAt(text, dayAt, days), dayAt + days);
}

/** `17/06/09`, `14.06.2005`, `06/14/2005`, `10/Oct/2000`, `03-17`, `10.30`, `14 Jun 2005`: what starts with one or two digits. */
function scanShortFirst(text: string, at: number, run: number, stamp: Stamp, order: DateOrder): boolean {
  const first = numberAt(text, at, run);
  const separator = text.charCodeAt(at + run);
  if (isLetter(separator)) return scanGlued(text, at + run, first, stamp);
  if (separator !== 45 && separator !== 47 && separator !== 46 && separator !== 32) return false;
  const secondAt = at + run + 1;
  const second = digitRun(text, secondAt);
  if (second === 0) return scanNamedMonth(text, first, separator, secondAt, stamp);
  if (second > 2 || separator === 32) return false;
  const middle = numberAt(text, secondAt, second);
  const thirdAt = secondAt + second + 1;
  const third = text.charCodeAt(thirdAt - 1) === separator ? digitRun(text, thirdAt) : 0;
  if (third === 4) {
    stamp.open = 'long';
    const [day, month] = isDayFirst(first, middle, order.long ?? (separator === 47 ? 'mdy' : 'dmy')) ? [first, middle] : [middle, first];
    return setDate(stamp, numberAt(text, thirdAt, 4), month, day, thirdAt + 4);
  }
  if (third === 2) {
    stamp.open = 'short';
    const last = numberAt(text, thirdAt, 2);
    const end = thirdAt + 2;
    if (run === 2 && (order.short ?? 'ymd') === 'ymd' && setDate(stamp, fullYear(first), middle, last, end)) return true;
    const [day, month] = isDayFirst(first, middle, order.short === 'dmy' ? 'dmy' : 'mdy') ? [first, middle] : [middle, first];
    return setDate(stamp, fullYear(last), month, day, end);
  }
  return third === 0 && run === 2 && second === 2 && setDate(stamp, Number.NaN, first, middle, secondAt + 2);
}

/** Day and month in the order that is asked for, unless only the other one is a day of the calendar. */
const isDayFirst = (first: number, middle: number, order: 'dmy' | 'mdy') => first > 12 || (middle <= 12 && order === 'dmy');

/** The rest of `14Nov2011`, behind the day. */
function scanGlued(text: string, at: number, day: number, stamp: Stamp): boolean {
  // The letters end in front of the year: the three of a short name.
  const month = monthAt(text, at);
  return (
    month !== null && digitRun(text, month.end) === 4 && setDate(stamp, numberAt(text, month.end, 4), month.index + 1, day, month.end + 4)
  );
}

/** The rest of `10/Oct/2000`, `09-Jun-2005`, `14 Jun 2005`, `02/sept./2015`, behind the day. */
function scanNamedMonth(text: string, day: number, separator: number, at: number, stamp: Stamp): boolean {
  const month = monthAt(text, at);
  if (month && text.charCodeAt(month.end) === 46) month.end += 1;
  // `03-Jun 10:00` has no year.
  if (month && separator === 45 && text.charCodeAt(month.end) === 32) return setDate(stamp, Number.NaN, month.index + 1, day, month.end);
  if (!month || text.charCodeAt(month.end) !== separator) return false;
  const years = digitRun(text, month.end + 1);
  if (years === 4) return setDate(stamp, numberAt(text, month.end + 1, 4), month.index + 1, day, month.end + 5);
  // `03-Jun-24`, and `03 Jun 10:00:00` without a year.
  const shortYear = years === 2 && text.charCodeAt(month.end + 3) !== 58;
  if (shortYear && separator !== 32) return setDate(stamp, fullYear(numberAt(text, month.end + 1, 2)), month.index + 1, day, month.end + 3);
  return years > 0 && !shortYear && separator === 32 && setDate(stamp, Number.NaN, month.index + 1, day, month.end);
}

/** `Jun 14 15:16:01`, `Jun 14, 2005 3:04:05 PM`, and with a year behind the time. */
function scanMonthFirst(text: string, at: number, stamp: Stamp): boolean {
  const month = monthAt(text, at);
  if (!month) return false;
  const separator = text.charCodeAt(month.end);
  if (separator === 45 || separator === 47) return scanSigned(text, month.index + 1, month.end, stamp);
  if (separator !== 32) return false;
  let dayAt = month.end + 1;
  if (text.charCodeAt(dayAt) === 32) dayAt += 1;
  const run = digitRun(text, dayAt);
  if (run < 1 || run > 2 || !setDate(stamp, Number.NaN, month.index + 1, numberAt(text, dayAt, run), dayAt + run)) return false;
  const comma = text.charCodeAt(stamp.end) === 44 ? 1 : 0;
  const yearAt = stamp.end + comma + 1;
  if (text.charCodeAt(yearAt - 1) === 32 && digitRun(text, yearAt) === 4 && text.charCodeAt(yearAt + 4) !== 58) {
    return setDate(stamp, numberAt(text, yearAt, 4), stamp.month, stamp.day, yearAt + 4) && scanTimeBehind(text, stamp);
  }
  scanTimeBehind(text, stamp);
  return yearBehind(text, stamp);
}

/** The rest of `jun/03/2024` and `Apr-07-13`, behind the month. */
function scanSigned(text: string, month: number, at: number, stamp: Stamp): boolean {
  const days = digitRun(text, at + 1);
  const yearAt = at + days + 2;
  const years = text.charCodeAt(yearAt - 1) === text.charCodeAt(at) ? digitRun(text, yearAt) : 0;
  if (days < 1 || days > 2 || (years !== 4 && years !== 2)) return false;
  const year = numberAt(text, yearAt, years);
  return (
    setDate(stamp, years === 4 ? year : fullYear(year), month, numberAt(text, at + 1, days), yearAt + years) && scanTimeBehind(text, stamp)
  );
}

/** The year behind the time: `Jun 14 15:16:01 2005`, `Jun 14 15:16:01 CEST 2005`. */
function yearBehind(text: string, stamp: Stamp): true {
  if (!stamp.timed || text.charCodeAt(stamp.end) !== 32 || digitRun(text, stamp.end + 1) !== 4) return true;
  const year = numberAt(text, stamp.end + 1, 4);
  if (year >= 1970 && year < 2100) setDate(stamp, year, stamp.month, stamp.day, stamp.end + 5);
  return true;
}

/** Counts since 1970 of 10 (s), 13 (ms), 16 (us) or 19 (ns) digits, between 1990 and 2100; seconds may have a fraction. */
function scanEpoch(text: string, at: number, run: number, stamp: Stamp): boolean {
  if (run !== 10 && run !== 13 && run !== 16 && run !== 19) return false;
  const seconds = numberAt(text, at, 10);
  if (seconds < 631_152_000 || seconds >= 4_102_444_800) return false;
  let end = at + run;
  let ms = run === 10 ? 0 : numberAt(text, at + 10, 3);
  if (run === 10 && text.charCodeAt(end) === 46) {
    const digits = digitRun(text, end + 1);
    if (digits > 0) {
      ms = Math.floor(Number(`0.${text.slice(end + 1, end + 1 + digits)}`) * 1000 + 1e-6);
      end += 1 + digits;
    }
  }
  stamp.epoch = seconds * 1000 + ms;
  stamp.timed = true;
  stamp.end = end;
  return true;
}

/** `20240501`, a time behind it or not, and `20240501100000` with its fraction and zone. */
function scanCompact(text: string, at: number, run: number, stamp: Stamp): boolean {
  const isDay = setDate(stamp, numberAt(text, at, 4), numberAt(text, at + 4, 2), numberAt(text, at + 6, 2), at + 8);
  if (!isDay || stamp.year < 1970 || stamp.year > 2100) return false;
  return run === 8 ? scanTimeBehind(text, stamp) : scanTime(text, at + 8, stamp);
}

function scanDigits(text: string, at: number, stamp: Stamp, order: DateOrder): boolean {
  const run = digitRun(text, at);
  if (run === 4) return (scanYearFirst(text, at, stamp) && scanTimeBehind(text, stamp)) || scanMonthDay(text, at, stamp);
  if (run === 8 || run === 14 || run === 17) return scanCompact(text, at, run, stamp);
  if (run === 6) {
    // `081109 203615`: only with its time, or any number of six digits would be a day.
    const found = setDate(stamp, fullYear(numberAt(text, at, 2)), numberAt(text, at + 2, 2), numberAt(text, at + 4, 2), at + 6);
    return found && scanTimeBehind(text, stamp) && stamp.timed;
  }
  if (run > 2) return scanEpoch(text, at, run, stamp);
  if (run <= 2 && text.charCodeAt(at + run) === 58) return scanClock(text, at, run, stamp);
  return scanShortFirst(text, at, run, stamp, order) && scanTimeBehind(text, stamp) && (stamp.timed ? yearBehind(text, stamp) : true);
}

/** A time of day alone; with one digit for the hour only in full, since `1:30` may be anything. */
function scanClock(text: string, at: number, run: number, stamp: Stamp): boolean {
  return scanTime(text, at, stamp) && (run === 2 || stamp.end > at + 5);
}

/** `0603/100000.123456`: month and day in four digits, a slash or blank, and the time in six with a fraction. */
function scanMonthDay(text: string, at: number, stamp: Stamp): boolean {
  if (text.charCodeAt(at + 4) !== 47 || digitRun(text, at + 5) !== 6) return false;
  const found = setDate(stamp, Number.NaN, numberAt(text, at, 2), numberAt(text, at + 2, 2), at + 4);
  return found && scanTime(text, at + 5, stamp);
}

/**
 * A time stamp of any usual form at `at`: fills `stamp` and says whether there was one. It must end at a boundary: what
 * follows is no letter or digit, nor the rest of an address or a version. Scanned by hand: this runs on every raw line.
 */
export function scanStamp(text: string, at: number, stamp: Stamp, order: DateOrder): boolean {
  clearStamp(stamp);
  const code = text.charCodeAt(at);
  let found: boolean;
  if (isDigit(code)) found = scanDigits(text, at, stamp, order);
  else if (code === 64) found = scanTai(text, at, stamp);
  else found = scanNamed(text, at, stamp, order);
  if (!found) return false;
  const next = text.charCodeAt(stamp.end);
  if (next === 46 && isDigit(text.charCodeAt(stamp.end + 1))) return false;
  return !(isDigit(next) || (next >= 65 && next <= 90) || (next >= 97 && next <= 122));
}

/** `PDT Apr 16 21:05:29`. */
function scanZoneFirst(text: string, at: number, stamp: Stamp): boolean {
  const end = scanZone(text, at, stamp);
  const zone = stamp.zone;
  if (end === at || text.charCodeAt(end) !== 32 || !scanMonthFirst(text, end + 1, stamp)) return false;
  if (Number.isNaN(stamp.zone)) stamp.zone = zone;
  return stamp.timed;
}

/** What begins with the name of a month, a day of the week or a zone. */
function scanNamed(text: string, at: number, stamp: Stamp, order: DateOrder): boolean {
  const weekday = weekdayAt(text, at);
  if (!weekday) return scanMonthFirst(text, at, stamp) || scanZoneFirst(text, at, stamp);
  let from = weekday.end;
  if (text.charCodeAt(from) === 44) from += 1;
  if (text.charCodeAt(from) !== 32) return false;
  while (text.charCodeAt(from) === 32) from += 1;
  return isDigit(text.charCodeAt(from)) ? scanDigits(text, from, stamp, order) : scanMonthFirst(text, from, stamp);
}
