import { isDate } from './isoTime.ts';
import { clearStamp, digitRun, isDigit, monthAt, numberAt, weekdayAt, type Stamp } from './stamp.ts';
import { scanTime } from './stampTime.ts';

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

/** Behind a date: `T`, blanks, `-`, `_`, `:`, `,` or `/` and the time of day. Without one the date stands alone. */
function scanTimeBehind(text: string, stamp: Stamp): true {
  const dateEnd = stamp.end;
  let at = dateEnd;
  const code = text.charCodeAt(at);
  if (code === 44) at += 1;
  else if (code === 84 || code === 116 || code === 45 || code === 95 || code === 58 || code === 47) at += 1;
  while (text.charCodeAt(at) === 32 && at < dateEnd + 4) at += 1;
  if (at === dateEnd || !scanTime(text, at, stamp)) stamp.end = dateEnd;
  return true;
}

/** `2024-05-01`, `2024/05/01`, `2005.06.03`. */
function scanYearFirst(text: string, at: number, stamp: Stamp): boolean {
  const separator = text.charCodeAt(at + 4);
  if (separator !== 45 && separator !== 47 && separator !== 46) return false;
  const months = digitRun(text, at + 5);
  const dayAt = at + 6 + months;
  const days = digitRun(text, dayAt);
  if (months < 1 || months > 2 || days < 1 || days > 2 || text.charCodeAt(dayAt - 1) !== separator) return false;
  return setDate(stamp, numberAt(text, at, 4), numberAt(text, at + 5, months), numberAt(text, dayAt, days), dayAt + days);
}

/** `17/06/09`, `14.06.2005`, `06/14/2005`, `10/Oct/2000`, `03-17`, `10.30`, `14 Jun 2005`: what starts with one or two digits. */
function scanShortFirst(text: string, at: number, run: number, stamp: Stamp, dayFirst: boolean): boolean {
  const first = numberAt(text, at, run);
  const separator = text.charCodeAt(at + run);
  if (separator !== 45 && separator !== 47 && separator !== 46 && separator !== 32) return false;
  const secondAt = at + run + 1;
  const second = digitRun(text, secondAt);
  if (second === 0) return scanNamedMonth(text, first, separator, secondAt, stamp);
  if (second > 2 || separator === 32) return false;
  const middle = numberAt(text, secondAt, second);
  const thirdAt = secondAt + second + 1;
  const third = text.charCodeAt(thirdAt - 1) === separator ? digitRun(text, thirdAt) : 0;
  if (third === 4) {
    const isDayFirst = first > 12 || (middle <= 12 && (dayFirst || separator !== 47));
    const [day, month] = isDayFirst ? [first, middle] : [middle, first];
    return setDate(stamp, numberAt(text, thirdAt, 4), month, day, thirdAt + 4);
  }
  if (third === 2 && run === 2) {
    const last = numberAt(text, thirdAt, 2);
    if (setDate(stamp, fullYear(first), middle, last, thirdAt + 2)) return true;
    return setDate(stamp, fullYear(last), dayFirst ? middle : first, dayFirst ? first : middle, thirdAt + 2);
  }
  return third === 0 && run === 2 && second === 2 && setDate(stamp, Number.NaN, first, middle, secondAt + 2);
}

/** The rest of `10/Oct/2000`, `09-Jun-2005`, `14 Jun 2005`, behind the day. */
function scanNamedMonth(text: string, day: number, separator: number, at: number, stamp: Stamp): boolean {
  const month = monthAt(text, at);
  if (!month || text.charCodeAt(month.end) !== separator || digitRun(text, month.end + 1) !== 4) return false;
  return setDate(stamp, numberAt(text, month.end + 1, 4), month.index + 1, day, month.end + 5);
}

/** `Jun 14 15:16:01`, `Jun 14, 2005 3:04:05 PM`, and with a year behind the time. */
function scanMonthFirst(text: string, at: number, stamp: Stamp): boolean {
  const month = monthAt(text, at);
  if (!month || text.charCodeAt(month.end) !== 32) return false;
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
  if (stamp.timed && text.charCodeAt(stamp.end) === 32 && digitRun(text, stamp.end + 1) === 4) {
    const year = numberAt(text, stamp.end + 1, 4);
    if (year >= 1970 && year < 2100) return setDate(stamp, year, stamp.month, stamp.day, stamp.end + 5);
  }
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

function scanDigits(text: string, at: number, stamp: Stamp, dayFirst: boolean): boolean {
  const run = digitRun(text, at);
  if (run === 4) return scanYearFirst(text, at, stamp) && scanTimeBehind(text, stamp);
  if (run === 8) {
    return (
      setDate(stamp, numberAt(text, at, 4), numberAt(text, at + 4, 2), numberAt(text, at + 6, 2), at + 8) && scanTimeBehind(text, stamp)
    );
  }
  if (run === 6) {
    // `081109 203615`: only with its time, or any number of six digits would be a day.
    const found = setDate(stamp, fullYear(numberAt(text, at, 2)), numberAt(text, at + 2, 2), numberAt(text, at + 4, 2), at + 6);
    return found && scanTimeBehind(text, stamp) && stamp.timed;
  }
  if (run > 2) return scanEpoch(text, at, run, stamp);
  if (run === 2 && text.charCodeAt(at + 2) === 58) return scanTime(text, at, stamp);
  return scanShortFirst(text, at, run, stamp, dayFirst) && scanTimeBehind(text, stamp);
}

/**
 * A time stamp of any usual form at `at`: fills `stamp` and says whether there was one. It must end at a boundary: what
 * follows is no letter or digit. Scanned by hand: this runs on every raw line.
 */
export function scanStamp(text: string, at: number, stamp: Stamp, dayFirst: boolean): boolean {
  clearStamp(stamp);
  let found: boolean;
  if (isDigit(text.charCodeAt(at))) found = scanDigits(text, at, stamp, dayFirst);
  else {
    const weekday = weekdayAt(text, at);
    let from = at;
    if (weekday) {
      from = weekday.end;
      if (text.charCodeAt(from) === 44) from += 1;
      if (text.charCodeAt(from) !== 32) return false;
      while (text.charCodeAt(from) === 32) from += 1;
    }
    found = isDigit(text.charCodeAt(from))
      ? weekday !== null && scanDigits(text, from, stamp, dayFirst)
      : scanMonthFirst(text, from, stamp);
  }
  if (!found) return false;
  const next = text.charCodeAt(stamp.end);
  return !(isDigit(next) || (next >= 65 && next <= 90) || (next >= 97 && next <= 122));
}
