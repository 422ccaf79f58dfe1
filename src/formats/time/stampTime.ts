import { isZoneName } from '../../base/zone.ts';
import { makeToUtc } from '../timeZone.ts';
import { dayMs } from './isoTime.ts';
import { digitRun, isDigit, numberAt, type Stamp } from './stamp.ts';

/** Abbreviations that mean one zone only, in minutes east of UTC. Others (IST, BST, CST of China) are left alone. */
const zones: Record<string, number> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  WET: 0,
  WEST: 60,
  CET: 60,
  MET: 60,
  CEST: 120,
  MEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  HKT: 480,
  SGT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  AKST: -540,
  AKDT: -480,
  HST: -600,
};

const isUpper = (code: number) => code >= 65 && code <= 90;

/** A zone at `at`, right behind a time or one blank off: sets it and returns where it ends, or `at`. */
export function scanZone(text: string, at: number, stamp: Stamp): number {
  const spaced = text.charCodeAt(at) === 32 ? at + 1 : at;
  const code = text.charCodeAt(spaced);
  if (code === 43 || code === 45) {
    const run = digitRun(text, spaced + 1);
    const colon = run === 2 && text.charCodeAt(spaced + 3) === 58 && digitRun(text, spaced + 4) === 2;
    const short = run === 2 && !colon;
    // Only four digits, or two and two, behind a blank: `10:00:00 -12 degrees` has no zone.
    // Three digits, glued, are a count of minutes.
    if (run === 3 && spaced === at) {
      stamp.zone = (code === 43 ? 1 : -1) * numberAt(text, spaced + 1, 3);
      return spaced + 4;
    }
    if (run !== 4 && !colon && (!short || spaced !== at)) return at;
    const hours = numberAt(text, spaced + 1, 2);
    const minutes = short ? 0 : numberAt(text, spaced + (colon ? 4 : 3), 2);
    if (hours > 18 || minutes > 59) return at;
    stamp.zone = (code === 43 ? 1 : -1) * (hours * 60 + minutes);
    return spaced + (colon ? 6 : run + 1);
  }
  if (!isUpper(code)) return at;
  const named = scanZoneName(text, spaced, stamp);
  if (named > spaced) return named;
  let end = spaced + 1;
  while (end - spaced < 5 && isUpper(text.charCodeAt(end))) end += 1;
  const next = text.charCodeAt(end);
  if ((next >= 97 && next <= 122) || isDigit(next)) return at;
  const name = text.slice(spaced, end);
  if (!Object.hasOwn(zones, name)) return at;
  stamp.zone = zones[name]!;
  return stamp.zone === 0 ? offsetBehind(text, end, stamp) : end;
}

const zoneName = /[A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_]+)?(?=[\s\]),;]|$)/y;
/** Conversions by zone; null for names that are none. Bounded, since names come from outside. */
const conversions = new Map<string, ReturnType<typeof makeToUtc> | null>();
const mostConversions = 64;

function conversion(name: string): ReturnType<typeof makeToUtc> | null {
  let found = conversions.get(name);
  if (found === undefined) {
    found = isZoneName(name) ? makeToUtc(name) : null;
    if (conversions.size < mostConversions) conversions.set(name, found);
  }
  return found;
}

/** `Europe/Berlin` at `at`, behind the time of a day that is known: sets the offset it had then and returns the index behind it, or `at`. */
function scanZoneName(text: string, at: number, stamp: Stamp): number {
  // Most names end here: in front of a slash stand letters.
  const slash = text.indexOf('/', at);
  if (slash < at + 3 || slash > at + 12 || Number.isNaN(stamp.year)) return at;
  zoneName.lastIndex = at;
  const name = zoneName.exec(text)?.[0];
  const toUtc = name === undefined ? null : conversion(name);
  if (toUtc === null) return at;
  const local = dayMs(stamp.year, stamp.month, stamp.day) + stamp.ms;
  stamp.zone = (local - toUtc(local)) / 60_000;
  return at + name!.length;
}

/** `GMT+0200`, `UTC+2`, `UTC-05:00`: the hours behind the name. */
function offsetBehind(text: string, from: number, stamp: Stamp): number {
  // `GMT +2`: with the sign set apart.
  const apart = text.charCodeAt(from) === 32 && isDigit(text.charCodeAt(from + 2)) && text.charCodeAt(from + 1) === 43;
  const at = apart ? from + 1 : from;
  const code = text.charCodeAt(at);
  if (code !== 43 && code !== 45) return from;
  const run = digitRun(text, at + 1);
  const colon = run <= 2 && run > 0 && text.charCodeAt(at + 1 + run) === 58 && digitRun(text, at + 2 + run) === 2;
  if (run !== 4 && run !== 2 && run !== 1) return from;
  const hours = numberAt(text, at + 1, run === 4 ? 2 : run);
  const minutes = run === 4 ? numberAt(text, at + 3, 2) : colon ? numberAt(text, at + 2 + run, 2) : 0;
  if (hours > 18 || minutes > 59) return from;
  stamp.zone = (code === 43 ? 1 : -1) * (hours * 60 + minutes);
  const end = at + 1 + run + (colon ? 3 : 0);
  // `(Central European Summer Time)`, as JavaScript goes on.
  return run === 4 && text.startsWith(' (', end)
    ? end + (/^ \([A-Za-z][A-Za-z .+-]{1,50}\)/.exec(text.slice(end, end + 56))?.[0].length ?? 0)
    : end;
}

/** `.123`, `,123` or `:123` behind the seconds. Behind a colon it is a count of milliseconds, with or without its zeros. */
function scanFraction(text: string, at: number, stamp: Stamp): number {
  const code = text.charCodeAt(at);
  if (code !== 46 && code !== 44 && code !== 58) return at;
  const run = digitRun(text, at + 1);
  if (run === 0 || run > 9 || (code === 58 && run > 3)) return at;
  const digits = Math.min(run, 3);
  stamp.ms += numberAt(text, at + 1, digits) * (code === 58 || digits === 3 ? 1 : digits === 1 ? 100 : 10);
  return at + 1 + run;
}

/** ` AM` or ` pm`: moves the hour. */
function scanHalf(text: string, at: number, hour: number, stamp: Stamp): number {
  const spaced = text.charCodeAt(at) === 32 ? at + 1 : at;
  const half = text.charCodeAt(spaced) | 32;
  if ((half !== 97 && half !== 112) || (text.charCodeAt(spaced + 1) | 32) !== 109 || hour > 12 || hour === 0) return at;
  const next = text.charCodeAt(spaced + 2);
  if (next >= 48 && next !== 93) return at;
  stamp.ms += ((hour % 12) + (half === 112 ? 12 : 0) - hour) * 3_600_000;
  return spaced + 2;
}

/**
 * A time of day at `at`: `15:16:01`, `15.42.50.675872`, `3:04:05 PM`, `22:15:29:606`, `203615`, with an optional zone.
 * Fills `ms`, `zone` and `end`; false when there is none.
 */
export function scanTime(text: string, from: number, stamp: Stamp): boolean {
  // Most texts go on at once: their first sign is a digit.
  if (text.charCodeAt(from) > 0x2e80) return scanEasternHalf(text, from, stamp);
  const at = from;
  const run = digitRun(text, at);
  if (run === 6 || run === 9) {
    if (!setTime(stamp, numberAt(text, at, 2), numberAt(text, at + 2, 2), numberAt(text, at + 4, 2))) return false;
    // Nine digits are the milliseconds too.
    if (run === 9) stamp.ms += numberAt(text, at + 6, 3);
    stamp.end = scanZone(text, run === 9 ? at + 9 : scanFraction(text, at + 6, stamp), stamp);
    return true;
  }
  const separator = text.charCodeAt(at + run);
  if (separator > 0x2e80) return scanEasternClock(text, at, stamp);
  if (run < 1 || run > 2 || (separator !== 58 && separator !== 46)) return false;
  const hour = numberAt(text, at, run);
  const minuteAt = at + run + 1;
  const minutes = digitRun(text, minuteAt);
  const secondAt = minuteAt + minutes + 1;
  const seconds = text.charCodeAt(secondAt - 1) === separator ? digitRun(text, secondAt) : 0;
  const hasSeconds = seconds === 1 || seconds === 2;
  // `10.30` alone is a number, `1:2` a ratio; `1:2:35` is a time without its zeros.
  if (minutes < 1 || minutes > 2 || (!hasSeconds && (separator === 46 || minutes === 1))) return false;
  const second = hasSeconds ? numberAt(text, secondAt, seconds) : 0;
  if (!setTime(stamp, hour, numberAt(text, minuteAt, minutes), second)) return false;
  let end = hasSeconds ? scanFraction(text, secondAt + seconds, stamp) : minuteAt + minutes;
  // `.515.1538`: what is finer than milliseconds stands by itself.
  if (separator === 58 && end > secondAt + seconds && text.charCodeAt(end) === 46) end += 1 + Math.max(digitRun(text, end + 1), -1);
  end = scanHalf(text, end, hour, stamp);
  stamp.end = scanZone(text, end, stamp);
  return true;
}

/** The half of the day in front of its time: `下午 03:00:00`, `오전 10:00:00`, `午後3:00:00`. */
function scanEasternHalf(text: string, at: number, stamp: Stamp): boolean {
  const half = text.slice(at, at + 2);
  const isLate = half === '下午' || half === '午後' || half === '오후';
  if (!isLate && half !== '上午' && half !== '午前' && half !== '오전') return false;
  const from = text.charCodeAt(at + 2) === 32 ? at + 3 : at + 2;
  if (!isDigit(text.charCodeAt(from)) || !scanTime(text, from, stamp)) return false;
  const hour = Math.floor(stamp.ms / 3_600_000);
  if (hour > 12) return true;
  stamp.ms += ((hour % 12) + (isLate ? 12 : 0) - hour) * 3_600_000;
  return true;
}

const eastern = /(\d{1,2})[时時시] ?(\d{1,2})[分분] ?(?:(\d{1,2})[秒초])?/y;

/** `10时00分00秒` */
function scanEasternClock(text: string, at: number, stamp: Stamp): boolean {
  eastern.lastIndex = at;
  const found = eastern.exec(text);
  if (!found || !setTime(stamp, Number(found[1]), Number(found[2]), Number(found[3] ?? 0))) return false;
  stamp.end = at + found[0].length;
  return true;
}

function setTime(stamp: Stamp, hour: number, minute: number, second: number): boolean {
  if (hour > 23 || minute > 59 || second > 60) return false;
  stamp.ms = ((hour * 60 + minute) * 60 + second) * 1000;
  stamp.timed = true;
  return true;
}
