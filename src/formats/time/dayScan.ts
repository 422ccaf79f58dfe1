import type { DateOrder } from './dateOrder.ts';
import { isDate } from './isoTime.ts';
import { digitRun, isLetter, monthAt, numberAt, type Stamp } from './stamp.ts';

/** Sets the date when there is such a day. A day without a year may be 29 February. */
export function setDate(stamp: Stamp, year: number, month: number, day: number, end: number): boolean {
  if (!isDate(Number.isNaN(year) ? 2000 : year, month, day)) return false;
  stamp.year = year;
  stamp.month = month;
  stamp.day = day;
  stamp.end = end;
  return true;
}

/** Two-digit years: 70 to 99 are of the last century (POSIX draws the line at 69). */
export const fullYear = (short: number) => short + (short < 70 ? 2000 : 1900);

/** `2024-05-01`, `2024/05/01`, `2005.06.03`, `2024:05:01`, `2024 Jun 03`, `2024-Jun-03`. */
export function scanYearFirst(text: string, at: number, stamp: Stamp): boolean {
  const separator = text.charCodeAt(at + 4);
  if (separator > 0x2e80) return scanEastern(text, at, stamp);
  const colons = separator === 58;
  if (separator !== 45 && separator !== 47 && separator !== 46 && separator !== 32 && !colons) return false;
  if (isLetter(text.charCodeAt(at + 5))) return !colons && scanYearAndName(text, at, separator, stamp);
  if (separator === 32) return false;
  const months = digitRun(text, at + 5);
  const dayAt = at + 6 + months;
  const days = digitRun(text, dayAt);
  if (colons && (months !== 2 || days !== 2)) return false;
  if (months < 1 || months > 2 || days < 1 || days > 2 || text.charCodeAt(dayAt - 1) !== separator) return false;
  return setDate(stamp, numberAt(text, at, 4), numberAt(text, at + 5, months), numberAt(text, dayAt, days), dayAt + days);
}

const eastern = /(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]/y;

/** `2024年06月03日`, `2024년 6월 3일`. */
function scanEastern(text: string, at: number, stamp: Stamp): boolean {
  eastern.lastIndex = at;
  const found = eastern.exec(text);
  return found !== null && setDate(stamp, Number(found[1]), Number(found[2]), Number(found[3]), at + found[0].length);
}

/** The rest of `2024 Jun 03`, a blank more where the day has one digit. */
function scanYearAndName(text: string, at: number, separator: number, stamp: Stamp): boolean {
  const month = monthAt(text, at + 5);
  const year = numberAt(text, at, 4);
  if (!month || text.charCodeAt(month.end) !== separator || year < 1970 || year > 2100) return false;
  const dayAt = separator === 32 && text.charCodeAt(month.end + 1) === 32 ? month.end + 2 : month.end + 1;
  const days = digitRun(text, dayAt);
  return days > 0 && days <= 2 && setDate(stamp, year, month.index + 1, numberAt(text, dayAt, days), dayAt + days);
}

/** `17/06/09`, `14.06.2005`, `06/14/2005`, `10/Oct/2000`, `03-17`, `10.30`, `14 Jun 2005`: what starts with one or two digits. */
export function scanShortFirst(text: string, at: number, run: number, stamp: Stamp, order: DateOrder): boolean {
  const first = numberAt(text, at, run);
  const separator = text.charCodeAt(at + run);
  if (isLetter(separator)) return scanGlued(text, at + run, first, stamp);
  if (separator !== 45 && separator !== 47 && separator !== 46 && separator !== 32) return false;
  // `03. Juni 2024`
  if (separator === 46 && text.charCodeAt(at + run + 1) === 32) return scanNamedMonth(text, first, 32, at + run + 2, stamp);
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
