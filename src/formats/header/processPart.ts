import { behindDash, columnEnds, levelFollows, lettersEnd, type Cursor } from './headerCursor.ts';
import { isLevelLetter, levelHint } from './levelWord.ts';
import { digitRun, isDigit } from '../time/stamp.ts';
import { tagAt } from './tag.ts';
import { allDigits, isLocation, skipBlanks, wordEnd } from './words.ts';

/** One or two numbers, process and thread, when a level, a bracket or `---` follows; and `123#456:` of nginx. */
export function processPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  if (header.pid !== '' || !isDigit(text.charCodeAt(at))) return false;
  const end = wordEnd(text, at);
  if (text.charCodeAt(end - 1) === 58 && end - at < 24 && /^\d+#\d+:$/.test(text.slice(at, end))) {
    header.pid = text.slice(at, end - 1);
    cursor.at = end;
    return true;
  }
  if (text.charCodeAt(end - 1) === 58 && allDigits(text, at, end - 1) && isLevelAt(text, skipBlanks(text, end))) {
    header.pid = text.slice(at, end - 1);
    cursor.at = end;
    return true;
  }
  if (!allDigits(text, at, end)) return false;
  if (header.level !== '' && klogPart(cursor, end)) return true;
  let next = skipBlanks(text, end);
  let last = end;
  const second = wordEnd(text, next);
  const lastLength = second - next;
  if (allDigits(text, next, second)) {
    last = second;
    next = skipBlanks(text, second);
  }
  const letter = isLevelLetter(text.charCodeAt(next)) && text.charCodeAt(next + 1) === 32;
  const columns = columnEnds(text, last) && isColumn(text, next);
  const dash = behindDash(text, last);
  if (
    !letter &&
    !(dash >= 0 && levelFollows(text, dash)) &&
    !levelFollows(text, next) &&
    !text.startsWith('--- ', next) &&
    text.charCodeAt(next) !== 91 &&
    !columns
  )
    return false;
  header.pid = last === end ? text.slice(at, end) : `${text.slice(at, end)} ${text.slice(last - lastLength, last)}`;
  cursor.at = last;
  return true;
}

/** Whether a level and a colon, a blank between them or not, stand at `at`. */
function isLevelAt(text: string, at: number): boolean {
  const end = lettersEnd(text, at);
  return levelHint(text, at, end) !== 'none' && text.charCodeAt(skipBlanks(text, end)) === 58;
}

/** Whether a tag, or a word that is a column, stands at `at`. */
function isColumn(text: string, at: number): boolean {
  const tag = tagAt(text, at);
  if (tag !== null) return true;
  const end = wordEnd(text, at);
  return end > at && columnEnds(text, end);
}

/** `1234 server.go:77] `: process, file and line behind the level of klog and glog. */
function klogPart(cursor: Cursor, end: number): boolean {
  const { text, at, header } = cursor;
  const from = skipBlanks(text, end);
  const close = wordEnd(text, from) - 1;
  // Without the bracket where a date of six digits stands in front.
  const stop = text.charCodeAt(close) === 93 ? close : close + 1;
  if (close - from > 100 || !/^[\w./-]+:\d+$/.test(text.slice(from, stop)) || (stop > close && !isLocation(text.slice(from, stop))))
    return false;
  header.pid = text.slice(at, end);
  header.other = text.slice(from, stop);
  cursor.at = close + 1;
  return true;
}

/** `30002312|` : a number in front of a bar, once a component is known. */
export function barredNumber(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const bar = at + digitRun(text, at);
  if (header.pid !== '' || text.charCodeAt(bar) !== 124) return false;
  header.pid = text.slice(at, bar);
  cursor.at = bar + 1;
  return true;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const isHex = (code: number): boolean => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);

/** `0x7f3a`, or 8 to 16 digits of which one at least is no letter. */
function isHexNumber(text: string, at: number, end: number): boolean {
  const marked = text.charCodeAt(at) === 48 && (text.charCodeAt(at + 1) | 32) === 120;
  const from = marked ? at + 2 : at;
  let digits = 0;
  for (let i = from; i < end; i++) {
    const code = text.charCodeAt(i);
    if (!isHex(code)) return false;
    if (isDigit(code)) digits += 1;
  }
  return marked ? end > from : digits > 0 && end - at >= 8 && end - at <= 16;
}

/** A request's UUID, or numbers in hexadecimal (threads, activities), in front of more columns. */
export function hexPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  const first = text.charCodeAt(at) | 32;
  if (stamp === 'none' || !((first >= 97 && first <= 102) || isDigit(text.charCodeAt(at)))) return false;
  const end = wordEnd(text, at);
  if (end - at > 36 || end - at < 3) return false;
  const isNumber = isHexNumber(text, at, end);
  if (!isNumber && end - at !== 36) return false;
  const word = text.slice(at, end);
  const next = skipBlanks(text, end);
  if (isNumber) {
    const levelEnd = lettersEnd(text, next);
    const isLevel = (levelHint(text, next, levelEnd) !== 'none' && columnEnds(text, levelEnd)) || text.startsWith('-1 ', next);
    if (!isLevel && !columnEnds(text, end) && !columnEnds(text, wordEnd(text, next)) && !levelFollows(text, next)) return false;
  } else if (!uuid.test(word)) return false;
  header.other = header.other === '' ? word : `${header.other} ${word}`;
  cursor.at = end;
  // A level of debugging behind a thread, which says how much is written and not how grave it is (Ceph).
  const debugging = isNumber && header.level === '' ? /^(-1|1?\d|20) /.exec(text.slice(next, next + 3)) : null;
  if (debugging) {
    header.other = `${header.other} ${debugging[1]}`;
    cursor.at = next + debugging[1]!.length;
  }
  return true;
}
