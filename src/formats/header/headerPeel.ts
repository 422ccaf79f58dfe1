import { clearHeader, type Header } from './header.ts';
import { peelFields } from './headerFields.ts';
import { peelSyslog5424 } from './syslog5424.ts';
import { digitRun, isDigit } from '../time/stamp.ts';
import type { StampClock } from '../time/stampClock.ts';
import { isCodeLike, isLevelLetter, skipBlanks, wordEnd } from './words.ts';

/** How many words may stand in front of the stamp: a tag, a host, a container's name. */
const wordsBeforeStamp = 5;

const severities = ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug'];

/** A syslog priority `<34>` at the beginning: sets the level and returns the index behind it, or 0. */
function peelPriority(text: string, header: Header): number {
  if (text.charCodeAt(0) !== 60) return 0;
  const digits = digitRun(text, 1);
  if (digits < 1 || digits > 3 || text.charCodeAt(1 + digits) !== 62) return 0;
  const priority = Number(text.slice(1, 1 + digits));
  if (priority > 191) return 0;
  // The lowest three bits are the severity (RFC 5424, 6.2.1).
  header.level = severities[priority & 7]!;
  return digits + 2;
}

/** Whether a stamp can begin with this character, behind `[` or `(` too. */
const mayBegin = (code: number) => isDigit(code) || (code >= 65 && code <= 90) || code === 91 || code === 40;

/** Reads a stamp at `at`, in brackets or not; returns the index behind it or -1. */
function stampAt(text: string, at: number, clock: StampClock, header: Header): number {
  const code = text.charCodeAt(at);
  if (!mayBegin(code)) return -1;
  const bracketed = code === 91 || code === 40;
  let from = bracketed ? at + 1 : at;
  // klog: `I0614 15:16:01.123456`, the level's letter in front of month and day.
  const klog = isLevelLetter(text.charCodeAt(from)) && digitRun(text, from + 1) === 4 && text.charCodeAt(from + 5) === 32;
  const time = klog ? clock.readMonthDay(text, from + 1) : clock.read(text, from);
  if (Number.isNaN(time)) return -1;
  if (bracketed && !isCloser(text.charCodeAt(clock.end))) return -1;
  if (klog) header.level = text[from]!;
  header.time = time;
  from = clock.end;
  return bracketed ? from + 1 : from;
}

const isCloser = (code: number) => code === 93 || code === 41;

/**
 * Finds the stamp, at the beginning or behind a few words that are codes. In front of a stamp in brackets any words may
 * stand (`127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700]`). Returns the index behind it, or -1.
 */
function findStamp(text: string, start: number, clock: StampClock, header: Header): number {
  let at = start;
  let codes = true;
  for (let word = 0; word <= wordsBeforeStamp; word++) {
    if (codes || text.charCodeAt(at) === 91) {
      const end = stampAt(text, at, clock, header);
      if (end >= 0) {
        if (at > start) header.other = text.slice(start, at).trim();
        return end;
      }
    }
    const end = wordEnd(text, at);
    codes &&= isCodeLike(text, at, end);
    if (!codes && word >= 3) return -1;
    at = skipBlanks(text, end);
    if (at >= text.length) return -1;
  }
  return -1;
}

/** Index of the stamp behind one word that is a code (a host between two stamps), or -1. */
function behindHost(text: string, at: number, clock: StampClock, header: Header): number {
  const end = wordEnd(text, at);
  const next = skipBlanks(text, end);
  if (header.host !== '' || next >= text.length || !mayBegin(text.charCodeAt(next)) || !isCodeLike(text, at, end)) return -1;
  const first = header.time;
  const behind = stampAt(text, next, clock, header);
  header.time = first;
  if (behind >= 0) header.host = text.slice(at, end);
  return behind >= 0 ? next : -1;
}

/** More stamps behind the first: of a container runtime and of the program in it, or of a date again. */
function skipStamps(text: string, at: number, clock: StampClock, header: Header): number {
  let behind = at;
  let zoned = clock.zoned;
  for (let more = 0; more < 4; more++) {
    const next = skipBlanks(text, behind);
    const first = header.time;
    const end = stampAt(text, next, clock, header);
    if (end < 0) {
      const dateEnd = isDigit(text.charCodeAt(next)) ? clock.dateEnd(text, next) : -1;
      const another = dateEnd < 0 ? behindHost(text, next, clock, header) : dateEnd;
      if (another < 0) return behind;
      behind = another;
      continue;
    }
    // The first one counts, unless only a later one names its zone.
    if (zoned || !clock.zoned) header.time = first;
    zoned ||= clock.zoned;
    behind = end;
  }
  return behind;
}

/**
 * Takes the header off a raw line: fills `header` and sets where the message begins. A small grammar of tokens (stamp,
 * level, host, process, thread, component) in the orders that loggers use, no expression for any one of them.
 */
export function peelHeader(text: string, start: number, clock: StampClock, header: Header): void {
  clearHeader(header);
  header.bodyAt = start;
  const afterPriority = start === 0 ? peelPriority(text, header) : start;
  if (afterPriority > 0 && peelSyslog5424(text, afterPriority, clock, header)) return;
  const stamped = findStamp(text, afterPriority, clock, header);
  if (stamped < 0) {
    header.bodyAt = afterPriority;
    peelFields(text, afterPriority, header, 'none');
    return;
  }
  const { zoned } = clock;
  const at = skipStamps(text, stamped, clock, header);
  peelFields(text, at, header, clock.monthNamed ? 'syslog' : zoned ? 'zoned' : 'plain');
}
