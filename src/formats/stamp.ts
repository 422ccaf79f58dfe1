/** What a time stamp said. A year or a date it left out is NaN; so is a zone. */
export interface Stamp {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  /** Milliseconds since midnight. */
  ms: number;
  /** Minutes east of UTC. */
  zone: number;
  /** Milliseconds since 1970, when the stamp was a count. */
  epoch: number;
  /** Whether it gave a time of day. */
  timed: boolean;
  /** Index behind it. */
  end: number;
}

/** One stamp is written over and over, so that scanning makes no garbage. */
export const emptyStamp = (): Stamp => ({
  year: Number.NaN, month: Number.NaN, day: Number.NaN, ms: 0, zone: Number.NaN, epoch: Number.NaN, timed: false, end: 0,
});

export function clearStamp(stamp: Stamp): void {
  stamp.year = stamp.month = stamp.day = stamp.zone = stamp.epoch = Number.NaN;
  stamp.ms = 0;
  stamp.timed = false;
}

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** How many digits stand at `at`, up to 20. */
export function digitRun(text: string, at: number): number {
  let n = 0;
  while (n < 20 && isDigit(text.charCodeAt(at + n))) n += 1;
  return n;
}

/** The number in `count` digits at `at`. */
export function numberAt(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value = value * 10 + text.charCodeAt(at + i) - 48;
  return value;
}

const monthNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

function nameAt(text: string, at: number, names: readonly string[]): { index: number; end: number } | null {
  let end = at;
  while (end - at < 10 && isLetter(text.charCodeAt(end))) end += 1;
  if (end - at < 3) return null;
  const word = text.slice(at, end).toLowerCase();
  const index = names.findIndex((name) => name === word || (word.length <= 4 && name.startsWith(word)));
  return index < 0 ? null : { index, end };
}

/** An English month name, whole or of three letters: its number from 1 and where it ends. */
export const monthAt = (text: string, at: number) => nameAt(text, at, monthNames);
export const weekdayAt = (text: string, at: number) => nameAt(text, at, dayNames);
