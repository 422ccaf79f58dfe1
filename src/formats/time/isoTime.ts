/** Two digits at `at` as a number, NaN when they are none. */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Whether there is such a day; month from 1. */
export const isDate = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysIn[month - 1]! && (month !== 2 || day < 29 || isLeap(year));

let memoKey = -1;
let memoMs = 0;

/** Milliseconds of a day's begin in UTC; month from 1. Logs stay on a day for a long while, so the last is remembered. */
export function dayMs(year: number, month: number, day: number): number {
  const key = (year * 16 + month) * 32 + day;
  if (key !== memoKey) {
    const date = new Date(0);
    memoMs = date.setUTCFullYear(year, month - 1, day);
    memoKey = key;
  }
  return memoMs;
}

/** Offset of a zone at `at` (`Z`, `+02:00`, `+0200`, `+02`, to the text's end) in minutes; NaN when it is none. */
function zoneMinutes(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === 90 || sign === 122) return at + 1 === text.length ? 0 : Number.NaN;
  if (sign !== 43 && sign !== 45) return Number.NaN;
  const hours = twoDigits(text, at + 1);
  const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
  const bare = text.length === at + 3;
  const minutes = bare ? 0 : twoDigits(text, at + 3 + colon);
  if (!bare && text.length !== at + 5 + colon) return Number.NaN;
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  return (sign === 43 ? 1 : -1) * (hours * 60 + minutes);
}

/**
 * Milliseconds since 1970 of an ISO 8601 date and time with a zone (`2024-05-01T10:00:00.123456Z`); NaN when the text is
 * anything else, a stamp without a zone included. About ten times as fast as `Date.parse`, and stricter: there is no 30 February.
 */
export function isoTime(text: string): number {
  if (text.length < 20 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN;
  const between = text.charCodeAt(10);
  if ((between !== 84 && between !== 32 && between !== 116) || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) {
    return Number.NaN;
  }
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  // 60 is a leap second; 24:00:00 is not accepted.
  if (!(isDate(year, month, day) && hour <= 23 && minute <= 59 && second <= 60)) return Number.NaN;
  // Most writers give three digits and `Z`.
  if (text.length === 24 && text.charCodeAt(19) === 46 && text.charCodeAt(23) === 90) {
    const last = text.charCodeAt(22) - 48;
    const ms = last >= 0 && last <= 9 ? twoDigits(text, 20) * 10 + last : Number.NaN;
    return dayMs(year, month, day) + (hour * 60 + minute) * 60_000 + second * 1000 + ms;
  }
  let at = 19;
  let fraction = 0;
  if (text.charCodeAt(at) === 46 || text.charCodeAt(at) === 44) {
    let scale = 100;
    const first = ++at;
    for (let digit = text.charCodeAt(at) - 48; digit >= 0 && digit <= 9; digit = text.charCodeAt(++at) - 48) {
      fraction += digit * scale;
      scale /= 10;
    }
    if (at === first) return Number.NaN;
  }
  const zone = zoneMinutes(text, at);
  // Parts of a millisecond are cut off; the small sum undoes what tenths lose in binary.
  return dayMs(year, month, day) + (hour * 60 + minute - zone) * 60_000 + second * 1000 + Math.floor(fraction + 1e-6);
}
