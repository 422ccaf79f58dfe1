import { insideBracket } from './bracketHeader.ts';
import { clearHeader, type Header } from './header.ts';
import { peelFields } from './headerFields.ts';
import { noHints, type HeaderHints } from './headerHints.ts';
import { isLevelLetter, keptLevel } from './levelWord.ts';
import { severities } from './mnemonicPart.ts';
import { eachPlace, mayBegin, skipToStamp, type Place } from './places.ts';
import { peelPrefix } from './prefix.ts';
import { peelSyslog5424, peelWords5424 } from './syslog5424.ts';
import { digitRun, isDigit } from '../time/stamp.ts';
import type { StampClock } from '../time/stampClock.ts';
import { closing, isCodeLike, skipBlanks, wordEnd } from './words.ts';

/** A syslog priority `<34>` at the beginning: sets the level and returns the index behind it, or 0. */
function peelPriority(text: string, header: Header): number {
  if (text.charCodeAt(0) !== 60) return 0;
  const digits = digitRun(text, 1);
  if (digits < 1 || digits > 3 || text.charCodeAt(1 + digits) !== 62) return 0;
  const priority = Number(text.slice(1, 1 + digits));
  if (priority > 191) return 0;
  // The lowest three bits are the severity (RFC 5424, 6.2.1).
  header.level = severities[priority & 7]!;
  header.priority = true;
  // A count of messages of network devices may follow: `<187>000123: *Jun  3 10:00:00.123: `.
  const from = skipBlanks(text, digits + 2);
  const count = digitRun(text, from);
  return count > 0 && text.charCodeAt(from + count) === 58 ? skipBlanks(text, from + count + 1) : digits + 2;
}

const isCloser = (code: number) => code === 93 || code === 41 || code === 62 || code === 125;

/** Reads a stamp at `at`; sets the time and returns the index behind it, or -1. */
function stampAt(text: string, at: number, clock: StampClock, header: Header): number {
  // klog: `I0614 15:16:01.123456`, the level's letter in front of month and day.
  const digits = isLevelLetter(text.charCodeAt(at)) ? digitRun(text, at + 1) : 0;
  const klog = (digits === 4 || digits === 6 || digits === 8) && text.charCodeAt(at + 1 + digits) === 32;
  // `I0000 00:00:1714557600.123456`, a logger that was not set up: a count of seconds in the place of the day's.
  const count = klog && text.startsWith('0000 00:00:', at + 1) ? 11 : 0;
  const time =
    count > 0
      ? clock.read(text, at + 1 + count)
      : klog && digits === 4
        ? clock.readMonthDay(text, at + 1)
        : clock.read(text, klog ? at + 1 : at);
  if (Number.isNaN(time)) return -1;
  if (klog) header.level = keptLevel(text[at]!);
  header.time = time;
  return clock.end;
}

/** The stamp that was found, and where the rest of the header begins. */
interface Found {
  place: Place;
  behind: number;
}

/** The stamp that was found last; written over and over, since it is made for every line. */
const atStart: Found = { place: { name: 'start', at: 0, from: 0, open: -1, codes: true, shallow: true }, behind: 0 };

/** Finds the stamp: at the start, or at the places where those of the stream stand. */
function findStamp(text: string, start: number, clock: StampClock, header: Header, hints: HeaderHints): Found | null {
  const at = skipCounts(text, skipToStamp(text, start));
  if (mayBegin(text.charCodeAt(at))) {
    const behind = stampAt(text, at, clock, header);
    if (behind >= 0) {
      atStart.place.at = at;
      atStart.place.from = start;
      atStart.place.open = at > start ? bracketBefore(text, at) : -1;
      atStart.behind = behind;
      return atStart;
    }
  }
  const { places } = hints;
  if (places?.length === 0) return null;
  let found: Found | null = null;
  eachPlace(text, start, (place) => {
    if (places !== null && !places.includes(place.name)) return false;
    const behind = stampAt(text, place.at, clock, header);
    // Behind a colon a time of day alone would be the rest of another.
    if (behind >= 0 && clock.bare && place.name.startsWith('c')) return false;
    if (behind >= 0) found = { place: { ...place }, behind };
    return behind >= 0;
  });
  if (found === null) header.time = Number.NaN;
  return found;
}

const counts = /^\d{1,12}: (?:[\w.-]{1,64}: )?(?:\d{1,12}: )?[*.]?(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) )/;

/** Index behind counts of messages, a host between them or not, and the mark of a clock that is not set: `124: sw1: 000124: *Jun  3`. */
function skipCounts(text: string, at: number): number {
  if (!isDigit(text.charCodeAt(at))) return at;
  const digits = digitRun(text, at);
  if (text.charCodeAt(at + digits) !== 58 || text.charCodeAt(at + digits + 1) !== 32) return at;
  return at + (counts.exec(text.slice(at, at + 110))?.[0].length ?? 0);
}

/** Index of the bracket right before `at`, blanks between them or not; -1 when it is another sign. */
function bracketBefore(text: string, at: number): number {
  let before = at - 1;
  while (text.charCodeAt(before) === 32) before -= 1;
  const code = text.charCodeAt(before);
  return code === 91 || code === 40 || code === 60 || code === 123 ? before : -1;
}

/** Index behind a stamp and the bracket around it; what else the bracket holds is read. */
function closeBracket(text: string, { place, behind }: Found, header: Header): number {
  if (place.open < 0) return behind;
  const next = skipBlanks(text, behind);
  if (isCloser(text.charCodeAt(next))) return next + 1;
  const close = closing(text, place.open);
  if (close < behind) return behind;
  insideBracket(text.slice(behind, close), header);
  return close + 1;
}

/** Index of the stamp behind one word that is a code (a host between two stamps), or -1. */
function behindHost(text: string, at: number, clock: StampClock, header: Header): number {
  const end = wordEnd(text, at);
  const next = skipBlanks(text, end);
  if (header.host !== '' || next >= text.length || !isDigit(text.charCodeAt(next)) || !isCodeLike(text, at, end)) return -1;
  const first = header.time;
  const behind = stampAt(text, next, clock, header);
  header.time = first;
  if (behind >= 0) header.host = text.slice(at, end);
  return behind >= 0 ? next : -1;
}

/** Digits and a blank, too few for a date or a count of seconds, with no digit in the next word. */
function isPlainNumber(text: string, at: number): boolean {
  const digits = digitRun(text, at);
  return digits > 2 && digits < 6 && text.charCodeAt(at + digits) === 32 && !isDigit(text.charCodeAt(at + digits + 1));
}

const isUpper = (code: number) => code >= 65 && code <= 90;

/** More stamps behind the first: of a container runtime and of the program in it, or of a date again. */
function skipStamps(text: string, at: number, clock: StampClock, header: Header): number {
  let behind = at;
  let { zoned, bare } = clock;
  for (let more = 0; more < 4; more++) {
    const next = skipBlanks(text, behind);
    const opened = text.charCodeAt(next) === 91 ? next + 1 : next;
    // Most headers end here: no digit, no second stamp.
    if (isDigit(text.charCodeAt(opened)) ? isPlainNumber(text, opened) : !isUpper(text.charCodeAt(next))) return behind;
    const first = header.time;
    const end = stampAt(text, opened, clock, header);
    const closed = end >= 0 && opened > next ? (text.charCodeAt(end) === 93 ? end + 1 : -1) : end;
    if (closed < 0 || (clock.bare && closed - opened < 8)) {
      header.time = first;
      const dateEnd = opened === next ? clock.dateEnd : -1;
      if (dateEnd >= 0 && bare) header.time = clock.joined(first);
      const another = dateEnd < 0 ? behindHost(text, next, clock, header) : dateEnd;
      if (another < 0) return behind;
      behind = another;
      continue;
    }
    // The first one counts, unless only a later one names its day or its zone.
    if (!(bare && !clock.bare) && (zoned || !clock.zoned)) header.time = first;
    zoned ||= clock.zoned;
    bare &&= clock.bare;
    behind = closed;
  }
  return behind;
}

/**
 * Takes the header off a raw line: fills `header` and sets where the message begins. A small grammar of tokens (stamp,
 * level, host, process, thread, component) in the orders that loggers use, no expression for any one of them.
 */
export function peelHeader(text: string, start: number, clock: StampClock, header: Header, hints: HeaderHints = noHints): void {
  clearHeader(header);
  header.bodyAt = start;
  const afterPriority = start === 0 ? peelPriority(text, header) : start;
  if (afterPriority > 0 && peelSyslog5424(text, afterPriority, clock, header)) return;
  const found = findStamp(text, afterPriority, clock, header, hints);
  if (found === null) {
    header.bodyAt = afterPriority;
    peelFields(text, afterPriority, header, 'none', hints);
    return;
  }
  const { zoned, monthNamed } = clock;
  const { place } = found;
  if (!place.shallow && place.name !== '[') {
    // A stamp in the midst of the line, which stays whole.
    header.midst = true;
    header.bodyAt = afterPriority;
    return;
  }
  if (place.name !== 'start' || place.open >= 0) peelPrefix(text, afterPriority, place, header);
  const at = skipStamps(text, closeBracket(text, found, header), clock, header);
  if (zoned && place.name === 'start' && peelWords5424(text, skipBlanks(text, at), header)) return;
  peelFields(text, at, header, monthNamed ? 'syslog' : zoned ? 'zoned' : 'plain', hints);
}
