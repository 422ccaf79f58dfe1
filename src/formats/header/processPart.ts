import { levelFollows, type Cursor } from './headerCursor.ts';
import { digitRun, isDigit } from '../time/stamp.ts';
import { allDigits, isLevelLetter, skipBlanks, wordEnd } from './words.ts';

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
  if (!letter && !levelFollows(text, next) && !text.startsWith('--- ', next) && text.charCodeAt(next) !== 91) return false;
  header.pid = last === end ? text.slice(at, end) : `${text.slice(at, end)} ${text.slice(last - lastLength, last)}`;
  cursor.at = last;
  return true;
}

/** `1234 server.go:77] `: process, file and line behind the level of klog and glog. */
function klogPart(cursor: Cursor, end: number): boolean {
  const { text, at, header } = cursor;
  const from = skipBlanks(text, end);
  const close = wordEnd(text, from) - 1;
  if (text.charCodeAt(close) !== 93 || close - from > 100 || !/^[\w./-]+:\d+$/.test(text.slice(from, close))) return false;
  header.pid = text.slice(at, end);
  header.component = text.slice(from, close);
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
