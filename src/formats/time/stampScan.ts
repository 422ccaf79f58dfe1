import type { DateOrder } from './dateOrder.ts';
import { fullYear, scanShortFirst, scanYearFirst, setDate } from './dayScan.ts';
import { behindForeignWeekday } from './foreignMonths.ts';
import { clearStamp, digitRun, isDigit, isLetter, monthAt, numberAt, weekdayAt, type Stamp } from './stamp.ts';
import { scanTime, scanZone } from './stampTime.ts';
import { scanTai } from './taiStamp.ts';

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
  return code === 32 && !isDigit(text.charCodeAt(at)) ? behindWord(text, at) : at;
}

/** `June 3, 2024 at 10:00:00`, `3. Juni 2024 um 10:00:00`, `3 juin 2024 à 10:00:00`. */
function behindWord(text: string, at: number): number {
  const found = /^(?:at|um|à|alle|klo|kl\.) (?=\d)/.exec(text.slice(at, at + 6));
  return found ? at + found[0].length : at;
}

/** The time of day behind a date. Without one the date stands alone. */
function scanTimeBehind(text: string, stamp: Stamp): true {
  const dateEnd = stamp.end;
  const at = behindDate(text, dateEnd);
  if (at === dateEnd || !scanTime(text, at, stamp)) stamp.end = dateEnd;
  return true;
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

/** `2024-155T10:00:00`, `2024.155.10:00:00`, `24155 10:00:00.12`: the day of the year in three digits, with a time behind it. */
function scanOrdinal(text: string, at: number, run: number, stamp: Stamp): boolean {
  const glued = run === 5;
  const separator = text.charCodeAt(at + 4);
  const dayAt = glued ? at + 2 : at + 5;
  if (!glued && ((separator !== 45 && separator !== 46 && separator !== 47) || digitRun(text, dayAt) !== 3)) return false;
  const year = glued ? fullYear(numberAt(text, at, 2)) : numberAt(text, at, 4);
  const ordinal = numberAt(text, dayAt, 3);
  if (ordinal < 1 || ordinal > 366 || year < 1970 || year > 2100) return false;
  const date = new Date(Date.UTC(year, 0, ordinal));
  if (date.getUTCFullYear() !== year) return false;
  setDate(stamp, year, date.getUTCMonth() + 1, date.getUTCDate(), dayAt + 3);
  // A point only stands in front of the time where points stand before.
  const behind = separator === 46 && text.charCodeAt(stamp.end) === 46 ? stamp.end + 1 : behindDate(text, stamp.end);
  return behind > stamp.end && text.charCodeAt(behind + 2) === 58 && scanTime(text, behind, stamp);
}

function scanDigits(text: string, at: number, stamp: Stamp, order: DateOrder): boolean {
  const run = digitRun(text, at);
  if (run === 4)
    return (
      (scanYearFirst(text, at, stamp) && scanTimeBehind(text, stamp)) || scanMonthDay(text, at, stamp) || scanOrdinal(text, at, run, stamp)
    );
  if (run === 5) return scanOrdinal(text, at, run, stamp);
  if (run === 8 || run === 14 || run === 17) return scanCompact(text, at, run, stamp);
  if (run === 6) {
    // `081109 203615`: only with its time, or any number of six digits would be a day.
    const found = setDate(stamp, fullYear(numberAt(text, at, 2)), numberAt(text, at + 2, 2), numberAt(text, at + 4, 2), at + 6);
    return found && scanTimeBehind(text, stamp) && stamp.timed;
  }
  if (run > 2) return scanEpoch(text, at, run, stamp);
  if (run <= 2 && text.charCodeAt(at + run) === 58) return scanClock(text, at, run, stamp, order);
  return scanShortFirst(text, at, run, stamp, order) && scanTimeBehind(text, stamp) && (stamp.timed ? yearBehind(text, stamp) : true);
}

/** A time of day alone; with one digit for the hour only in full, since `1:30` may be anything. */
function scanClock(text: string, at: number, run: number, stamp: Stamp, order: DateOrder): boolean {
  if (!scanTime(text, at, stamp) || (run !== 2 && stamp.end <= at + 5)) return false;
  dateBehind(text, stamp, order);
  return true;
}

/** `10:00:00 UTC 06/03/2024`, `10:00:00.250, 03 Jun 2024`: the day behind its time. It names its year, and what it is in front of is no third number. */
function dateBehind(text: string, stamp: Stamp, order: DateOrder): void {
  const { ms, zone, end } = stamp;
  const comma = text.charCodeAt(end) === 44;
  const from = comma ? end + 2 : end + 1;
  // Most end here: behind a time alone stands no number, and no zone or comma in front of it.
  if (text.charCodeAt(from - 1) !== 32 || (!comma && Number.isNaN(zone) && !isNamedDate(text, from))) return;
  const found = scanDay(text, from, stamp, order);
  if (!found || Number.isNaN(stamp.year)) {
    stamp.year = stamp.month = stamp.day = Number.NaN;
    stamp.open = '';
    stamp.end = end;
  }
  stamp.ms = ms;
  stamp.zone = zone;
  stamp.timed = true;
}

/** `03 Jun 2024`, `3-Jun-2024` */
const isNamedDate = (text: string, at: number): boolean => {
  const digits = digitRun(text, at);
  return digits > 0 && digits <= 2 && isLetter(text.charCodeAt(at + digits + 1)) && monthAt(text, at + digits + 1) !== null;
};

/** A day alone, its year in four digits. */
function scanDay(text: string, at: number, stamp: Stamp, order: DateOrder): boolean {
  const run = digitRun(text, at);
  if (run === 4) return scanYearFirst(text, at, stamp);
  if (run === 1 || run === 2) return scanShortFirst(text, at, run, stamp, order) && stamp.open !== 'short';
  if (!isLetter(text.charCodeAt(at))) return false;
  const weekday = weekdayAt(text, at);
  const from = weekday ? weekday.end + (text.charCodeAt(weekday.end) === 44 ? 2 : 1) : at;
  return isDigit(text.charCodeAt(from)) ? scanDay(text, from, stamp, order) : scanMonthFirst(text, from, stamp) && !stamp.timed;
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

/** `Mo 03 Jun 2024 10:00:00`, `lundi 3 juin 2024 10:00:00`: behind a day of the week in another language. */
function scanForeign(text: string, at: number, stamp: Stamp, order: DateOrder): boolean {
  const from = behindForeignWeekday(text, at);
  return from > 0 && scanDigits(text, from, stamp, order) && stamp.timed && !Number.isNaN(stamp.month);
}

/** What begins with the name of a month, a day of the week or a zone. */
function scanNamed(text: string, at: number, stamp: Stamp, order: DateOrder): boolean {
  const weekday = weekdayAt(text, at);
  if (!weekday) return scanMonthFirst(text, at, stamp) || scanZoneFirst(text, at, stamp) || scanForeign(text, at, stamp, order);
  let from = weekday.end;
  if (text.charCodeAt(from) === 44) from += 1;
  if (text.charCodeAt(from) !== 32) return false;
  while (text.charCodeAt(from) === 32) from += 1;
  return isDigit(text.charCodeAt(from)) ? scanDigits(text, from, stamp, order) : scanMonthFirst(text, from, stamp);
}
