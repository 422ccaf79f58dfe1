import { behindDash, columnEnds, dashFollows, lettersEnd, type Cursor } from './headerCursor.ts';
import { keptLevel, levelHint } from './levelWord.ts';
import { isDigit } from '../time/stamp.ts';
import { tagAt, type Tag } from './tag.ts';
import { closing, isComponentName, isLocation, isThreadName, skipBlanks, wordEnd } from './words.ts';

export function takeTag(cursor: Cursor, name: string, pid: string, end: number): void {
  const { header } = cursor;
  const point = name.lastIndexOf('.');
  if (point > 0 && header.level === '' && levelHint(name, point + 1, name.length) === 'plain') {
    // `production.ERROR: `: channel and level.
    header.component = name.slice(0, point);
    header.level = keptLevel(name.slice(point + 1));
  } else if (isLocation(name)) header.other = header.other === '' ? name : `${header.other} ${name}`;
  // Of a program's path its name.
  else header.component = name.startsWith('/') && pid !== '' ? name.slice(name.lastIndexOf('/') + 1) : name;
  if (pid !== '') header.pid = pid;
  cursor.at = end;
}

/** `dfs.DataNode$PacketResponder: `, `cron[17]: `, `chrome.exe - `, `CBS    `, `Step_LSC|`, `app[web.1]:`. */
export function componentPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  // The logger behind a program's name goes off too: the message is the same as without syslog around it.
  if (header.component !== '') return header.level !== '' && header.host !== '' && dashedPart(cursor);
  const tag = tagAt(text, at) ?? spacedTag(cursor);
  if (tag) {
    const columns = header.pid !== '' && header.level !== '';
    const named =
      tag.pid !== '' ||
      (stamp !== 'none' || header.level !== ''
        ? isComponentName(text, at, at + tag.name.length) ||
          (columns && tag.colon && !tag.name.includes('0x') && !tag.name.startsWith('/')) ||
          isLocation(tag.name) ||
          behindLevel(cursor, tag.name) ||
          (cursor.tags && header.level !== '' && oneWord.test(tag.name)) ||
          levelBehind(cursor, tag.end)
        : false);
    if (!named) return false;
    takeTag(cursor, tag.name, tag.pid, tag.end);
    return true;
  }
  if (stamp === 'none') return header.level !== '' && dashedPart(cursor);
  return processTag(cursor) || barredPart(cursor) || columnPart(cursor) || dottedPart(cursor);
}

/** `sogod [26818]:`: a process set apart by a blank. */
function spacedTag({ text, at, stamp }: Cursor): Tag | null {
  const end = wordEnd(text, at);
  if (stamp === 'none' || text.charCodeAt(skipBlanks(text, end)) !== 91 || !name.test(text.slice(at, end))) return null;
  const found = /^ +\[(\d{1,10})\]:(?=\s|$)/.exec(text.slice(end, end + 40));
  return found && { name: text.slice(at, end), pid: found[1]!, end: end + found[0].length, colon: true };
}

/** `core`, `cert-manager`: what a tag of a stream that has them looks like. */
export const oneWord = /^[a-z][a-z\d_-]{1,39}$/;

/** `executeQuery:` behind a level: a name in one word with a capital inside. */
const behindLevel = ({ header }: Cursor, name: string) =>
  header.level !== '' && /^[a-z]+[A-Z]\w*$|^[A-Z][a-z]+[A-Z]\w*$/.test(name) && !/(?:Error|Exception|Failure|Warning)$/.test(name);

/** `security: error: `: a level behind a name. */
function levelBehind({ text, header }: Cursor, at: number): boolean {
  if (header.level !== '') return false;
  const from = skipBlanks(text, at);
  const end = lettersEnd(text, from);
  return text.charCodeAt(end) === 58 && levelHint(text, from, end) !== 'none';
}

const bracketTag = /^[a-z][\w.-]*\[[a-z][\w.-]*\]:/;

/** `heroku[router]:`, `app[web.1]:`: a program and one of its processes by name. */
function processTag(cursor: Cursor): boolean {
  const first = cursor.text.charCodeAt(cursor.at);
  const open = cursor.text.indexOf('[', cursor.at);
  if (first < 97 || first > 122 || open < 0 || open > cursor.at + 100) return false;
  const found = bracketTag.exec(cursor.text.slice(cursor.at, cursor.at + 100));
  if (!found) return false;
  cursor.header.component = found[0].slice(0, -1);
  cursor.at += found[0].length;
  return true;
}

/** Index of the bar behind the word at `at`, blanks between them or not; -1 when there is none. */
function barAt(text: string, at: number): number {
  let end = at;
  while (end < at + 60 && text.charCodeAt(end) > 32 && text.charCodeAt(end) !== 124) end += 1;
  end = skipBlanks(text, end);
  return text.charCodeAt(end) === 124 ? end : -1;
}

/** `app.db:run:10`: a module, its function and line. */
const called = /^([A-Za-z_][\w.]*):[\w<>.]+:\d+$/;

/** A short field in front of a bar. */
function barredPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const bar = barAt(text, at);
  if (bar < 0) return false;
  const field = text.slice(at, bar).trim();
  if (field === '' || /[\s"=]/.test(field)) return false;
  if (/^\d+$/.test(field)) return false;
  header.component = called.exec(field)?.[1] ?? field;
  cursor.at = bar + 1;
  return true;
}

const name = /^[A-Za-z_][\w.$@/#-]*$/;
const dottedName = /^[a-zA-Z_]\w*(?:\.[a-zA-Z_$][\w$]*)+$/;

/** A word set apart by a dash, a tab, two blanks, or a bracket behind it. */
function columnPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const end = wordEnd(text, at);
  const next = skipBlanks(text, end);
  const code = text.charCodeAt(next);
  const column = columnEnds(text, end);
  // Most messages end here: nothing sets their first word apart.
  const placed = code >= 65 && code <= 90 && header.level !== '' && text.charCodeAt(wordEnd(text, next) - 1) === 41;
  if (end >= text.length || (!column && !placed && code !== 45 && code !== 58 && code !== 91 && code !== 40)) return false;
  const word = text.slice(at, end);
  const function_ = isDigit(text.charCodeAt(end - 1)) ? called.exec(word) : null;
  if ((function_ || isLocation(word)) && (dashFollows(text, end) || column)) {
    if (function_) header.component = function_[1]!;
    else header.other = header.other === '' ? word : `${header.other} ${word}`;
    cursor.at = end;
    return true;
  }
  if (!name.test(word) || (column && isPair(text, next))) return false;
  if (header.level !== '' && located(cursor, word, next)) return true;
  const dotted = dottedName.test(word);
  const named = dotted || /^[A-Z][a-z]+[A-Z]\w*$/.test(word);
  // Behind a level in brackets the next word and a dash are as good as a bracket.
  const bracketed = text.charCodeAt(at - 2) === 93;
  const dash = behindDash(text, end) >= 0 && (header.level === '' || named || bracketed || cursor.tags || columnEnds(text, at - 2));
  const colon = code === 58 && text.charCodeAt(next + 1) === 32;
  const apart = column && (text.charCodeAt(end) === 9 ? isTabbedName(cursor, word, next) : header.level !== '' || /^[A-Z]/.test(word));
  const bracket = (header.level !== '' && named && code === 91) || (header.level === '' && isBracketedLevel(text, next));
  if (letterColumn(cursor, word, next)) return true;
  // `Orders.Worker (null) - `: a context between the name and the dash.
  const context = code === 40 && dotted && header.level !== '' ? closing(text, next) : -1;
  if (context >= 0 && dashFollows(text, context + 1)) {
    header.component = word;
    cursor.at = context + 1;
    return true;
  }
  if (!apart && header.thread === word) {
    cursor.at = end;
    return true;
  }
  if (!dash && !colon && !apart && !bracket) return false;
  header.component = word;
  cursor.at = end;
  return true;
}

/** `order=17`: what stands behind a message and is no message. */
const isPair = (text: string, at: number): boolean => {
  const equals = text.indexOf('=', at);
  return equals > at && equals < at + 40 && /^[\w.-]+$/.test(text.slice(at, equals));
};

/** `Backup  BackupMgr.cpp(00012) : `: a name in front of a file and line of it. */
function located(cursor: Cursor, word: string, next: number): boolean {
  const { text, header } = cursor;
  const end = wordEnd(text, next);
  const place = text.slice(next, end);
  const colon = skipBlanks(text, end);
  if (!isLocation(place) || text.charCodeAt(colon) !== 58 || text.charCodeAt(colon + 1) !== 32) return false;
  header.component = word;
  header.other = header.other === '' ? place : `${header.other} ${place}`;
  cursor.at = colon + 1;
  return true;
}

/** Whether a bracket with nothing but a level in it stands at `at`: `Puppet (err):`, `HORDE [error]`. */
function isBracketedLevel(text: string, at: number): boolean {
  const close = closing(text, at);
  return close > 0 && levelHint(text, at + 1, close) !== 'none';
}

/** Letters that stand for levels in columns only: audit, and what went to the standard output or to the console. */
const columnLetters: Readonly<Record<string, string>> = {
  A: 'INFO',
  I: 'INFO',
  O: 'INFO',
  W: 'WARN',
  E: 'ERROR',
  R: 'ERROR',
  F: 'FATAL',
  D: 'DEBUG',
};

/** `servlet       E   CWSRV0001E: ...`: a name in a column and a letter in the next. */
function letterColumn(cursor: Cursor, word: string, next: number): boolean {
  const { text, at, header } = cursor;
  const level = columnLetters[text[next] ?? ''];
  const columns = columnEnds(text, at + word.length) && text.charCodeAt(next + 1) === 32;
  if (!columns || header.level !== '' || level === undefined) return false;
  header.component = word;
  header.level = level;
  cursor.at = next + 1;
  return true;
}

/** A word between tabs, with a message behind it: JSON there says that the word was the message; a name in the next column, that it is a thread. */
function isTabbedName({ text, header }: Cursor, word: string, next: number): boolean {
  if (header.level === '' || text.charCodeAt(next) === 123 || next >= text.length || word === '') return false;
  const end = wordEnd(text, next);
  const isThread = text.charCodeAt(end) === 9 && isThreadName(word) && dottedName.test(text.slice(next, end));
  if (isThread) header.thread ||= word;
  return !isThread;
}

/** `org.example.Service - `: a path in the code and a dash, where nothing but a level stood in front. */
function dashedPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const end = wordEnd(text, at);
  const word = text.slice(at, end);
  if (behindDash(text, end) < 0 || !dottedName.test(word)) return false;
  if (header.component === '') header.component = word;
  else header.other = header.other === '' ? word : `${header.other} ${word}`;
  cursor.at = end;
  return true;
}

/** `org.example.core.Service.init Message`: a path in the code of three parts or more, with a capital in it, behind a level. */
function dottedPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  if (header.level === '') return false;
  const end = wordEnd(text, at);
  const word = text.slice(at, end);
  if (word.split('.').length < 4 || !dottedName.test(word) || !/[A-Z]/.test(word)) return false;
  header.component = word;
  cursor.at = end;
  return true;
}

/** A component in parentheses at the very end, as log4j's `%m (%c)` puts it; it stays in the message. */
export function trailingComponent(text: string): string {
  if (text.charCodeAt(text.length - 1) !== 41) return '';
  const open = text.lastIndexOf('(');
  const inside = text.slice(open + 1, -1);
  return open > 0 && inside.length < 100 && dottedName.test(inside) && /[A-Z]/.test(inside) && !/Exception$|Error$/.test(inside)
    ? inside
    : '';
}
