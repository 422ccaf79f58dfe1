import type { Header } from './header.ts';
import { isDigit } from './stamp.ts';
import { tagAt } from './tag.ts';
import { allDigits, allUpper, closing, isCodeLike, isComponentName, isLevelLetter, isLevelWord, skipBlanks, wordEnd } from './words.ts';

/** What stood in front: no stamp, one as syslog writes it, one with a zone, or any other. */
export type StampKind = 'none' | 'syslog' | 'zoned' | 'plain';

/** No header has more parts than this. */
const maxParts = 10;
/** How many words may stand between the stamp and the level. */
const wordsBeforeLevel = 6;

/** Where the peeling stands. */
interface Cursor {
  text: string;
  at: number;
  header: Header;
  stamp: StampKind;
  /** A dash or bar stood between the last part and here. */
  parted: boolean;
  /** Parts taken so far. */
  parts: number;
}

/** Blanks, and dashes, colons, commas and bars between parts. */
function skipSeparators(cursor: Cursor): void {
  const { text } = cursor;
  let { at } = cursor;
  cursor.parted = false;
  for (;;) {
    at = skipBlanks(text, at);
    const code = text.charCodeAt(at);
    let end = at;
    while (end < at + 3 && text.charCodeAt(end) === 45) end += 1;
    if (end > at && text.charCodeAt(end) === 32) {
      cursor.parted = true;
      at = end;
    } else if (code === 124 || ((code === 58 || code === 44) && cursor.parts + (cursor.stamp === 'none' ? 0 : 1) > 0)) {
      cursor.parted ||= code === 124;
      at += 1;
    } else break;
  }
  cursor.at = at;
}

/** `[main]`, `[1234]`, `[error]`, `(INFO)`, `<error>`. */
function bracketPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const close = closing(text, at);
  if (close < 0) return false;
  let from = skipBlanks(text, at + 1);
  let to = close;
  while (to > from && text.charCodeAt(to - 1) === 32) to -= 1;
  if (header.level === '' || cursor.parts === 0) {
    const letter = to - from === 1 && isLevelLetter(text.charCodeAt(from));
    if (letter || isLevelWord(text, from, to, true)) {
      header.level = text.slice(from, to);
      cursor.at = close + 1;
      return true;
    }
  }
  if (text.charCodeAt(at) !== 91 || cursor.stamp === 'none') return uptime(cursor, from, to, close);
  const inside = text.slice(from, to);
  if (inside === '') return false;
  if (header.pid === '' && /^\d+(:\d+)?$/.test(inside)) header.pid = inside;
  else if (inside.includes(' ') && (header.level !== '' || !levelFollows(text, close + 1))) return false;
  else if (/[=,"]/.test(inside) && !levelFollows(text, close + 1) && text.charCodeAt(close + 1) !== 58 && !dashFollows(text, close + 1)) return false;
  else if (header.thread === '') header.thread = inside;
  else if (header.component === '') header.component = inside;
  else return false;
  cursor.at = close + 1;
  return true;
}

/** `[12345.678901]` of the kernel: seconds since the machine started, which is no time. */
function uptime(cursor: Cursor, from: number, to: number, close: number): boolean {
  const inside = cursor.text.slice(from, to);
  if (cursor.at !== 0 || !/^\d+\.\d{3,9}$/.test(inside)) return false;
  cursor.header.other = `uptime=${inside}`;
  cursor.at = close + 1;
  return true;
}

const dashFollows = (text: string, at: number) => text.charCodeAt(at) === 32 && text.charCodeAt(at + 1) === 45 && text.charCodeAt(at + 2) === 32;

/** Whether the next word is a level. */
function levelFollows(text: string, at: number): boolean {
  let from = skipBlanks(text, at);
  if (text.charCodeAt(from) === 91) from += 1;
  let end = from;
  while (end < from + 14 && isLetterCode(text.charCodeAt(end))) end += 1;
  const behind = text.charCodeAt(end);
  return isLevelWord(text, from, end, behind === 93 || behind === 58);
}

const isLetterCode = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** `INFO`, `error:`, `Info   `, `LOG:`, and single letters where the words around them say so. */
function levelPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  let end = at;
  while (end < at + 14 && isLetterCode(text.charCodeAt(end))) end += 1;
  const behind = text.charCodeAt(end);
  const bare = behind === 32 || behind === 9 || Number.isNaN(behind);
  if (end - at === 1) return levelLetter(cursor);
  const column = behind === 32 && text.charCodeAt(end + 1) === 32;
  const marked = behind === 58 || behind === 124 || behind === 44 || column || (bare && (cursor.parted || dashFollows(text, end)));
  if ((!bare && behind !== 58 && behind !== 124 && behind !== 44 && behind !== 91) || !isLevelWord(text, at, end, marked)) return false;
  // Without a stamp only what cannot be prose: capitals, or a colon.
  if (cursor.stamp === 'none' && !allUpper(text, at, end) && behind !== 58) return false;
  header.level = text.slice(at, end);
  cursor.at = end;
  if (behind === 58 && text.charCodeAt(end + 1) > 32) pythonName(cursor, end + 1);
  return true;
}

/** `INFO:root:message`, the layout of Python's basicConfig. */
function pythonName(cursor: Cursor, from: number): void {
  const colon = cursor.text.indexOf(':', from);
  if (colon < 0 || colon - from > 80 || !/^[A-Za-z_][\w.]*$/.test(cursor.text.slice(from, colon))) return;
  cursor.header.component = cursor.text.slice(from, colon);
  cursor.at = colon + 1;
}

/** `D` behind process and thread (logcat), in front of capitals or a bracket (MongoDB), or of a slash (`E/Tag( 12): `). */
function levelLetter(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  if (!isLevelLetter(text.charCodeAt(at))) return false;
  if (text.charCodeAt(at + 1) === 47) {
    if (!tagAt(text, at + 2)) return false;
    cursor.at = at + 2;
  } else {
    if (text.charCodeAt(at + 1) !== 32) return false;
    const next = skipBlanks(text, at + 1);
    const capitals = allUpper(text, next, wordEnd(text, next)) || text.charCodeAt(next) === 91;
    if (header.pid === '' && !(cursor.stamp !== 'none' && capitals)) return false;
    cursor.at = at + 1;
  }
  header.level = text[at]!;
  return true;
}

/** One or two numbers, process and thread, when a level, a bracket or `---` follows; and `123#456:` of nginx. */
function processPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  if (header.pid !== '' || !isDigit(text.charCodeAt(at))) return false;
  const end = wordEnd(text, at);
  if (/^\d+#\d+:$/.test(text.slice(at, Math.min(end, at + 24)))) {
    header.pid = text.slice(at, end - 1);
    cursor.at = end;
    return true;
  }
  if (!allDigits(text, at, end)) return false;
  let next = skipBlanks(text, end);
  let last = end;
  const second = wordEnd(text, next);
  if (allDigits(text, next, second)) {
    last = second;
    next = skipBlanks(text, second);
  }
  const letter = isLevelLetter(text.charCodeAt(next)) && text.charCodeAt(next + 1) === 32;
  if (!letter && !levelFollows(text, next) && !text.startsWith('--- ', next) && text.charCodeAt(next) !== 91) return false;
  header.pid = text.slice(at, last).replaceAll(/\s+/g, ' ');
  cursor.at = last;
  return true;
}

/** `combo sshd(pam_unix)[19939]: `: a host and a tag. */
function hostPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (header.host !== '' || cursor.parts > 0 || (stamp !== 'syslog' && stamp !== 'zoned')) return false;
  const end = wordEnd(text, at);
  if (end === at || text.charCodeAt(end - 1) === 58 || !/^[\w.:/@-]+$/.test(text.slice(at, Math.min(end, at + 256)))) return false;
  const next = skipBlanks(text, end);
  const tag = next < text.length ? tagAt(text, next) : null;
  const host = text.slice(at, end);
  const usual = tag !== null && (tag.pid !== '' || stamp === 'syslog' || /^[a-z][\w.-]*$/.test(tag.name));
  if (!usual && (stamp !== 'syslog' || !/^[a-z]*[\d.-]|^[a-z]+$/.test(host))) return false;
  header.host = host;
  cursor.at = end;
  if (tag && usual) takeTag(cursor, tag.name, tag.pid, tag.end);
  return true;
}

function takeTag(cursor: Cursor, name: string, pid: string, end: number): void {
  cursor.header.component = name;
  if (pid !== '') cursor.header.pid = pid;
  cursor.at = end;
}

/** `dfs.DataNode$PacketResponder: `, `cron[17]: `, `chrome.exe - `, `CBS    `, `Step_LSC|`. */
function componentPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (header.component !== '') return false;
  const tag = tagAt(text, at);
  if (tag) {
    const columns = header.pid !== '' && header.level !== '';
    const named = tag.pid !== '' || (stamp !== 'none' || header.level !== '' ? isComponentName(tag.name) || (columns && tag.colon) : false);
    if (!named) return false;
    takeTag(cursor, tag.name, tag.pid, tag.end);
    return true;
  }
  if (stamp === 'none') return false;
  return barredPart(cursor) || columnPart(cursor);
}

/** A short field in front of a bar. */
function barredPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const bar = text.indexOf('|', at);
  if (bar < 0 || bar - at > 60) return false;
  const field = text.slice(at, bar).trim();
  if (field === '' || /[\s"=]/.test(field)) return false;
  if (/^\d+$/.test(field)) return false;
  header.component = field;
  cursor.at = bar + 1;
  return true;
}

/** A word set apart by a dash, two blanks, or a bracket behind it. */
function columnPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const end = wordEnd(text, at);
  const word = text.slice(at, end);
  if (!/^[A-Za-z_][\w.$@/#-]*$/.test(word) || end >= text.length) return false;
  const next = skipBlanks(text, end);
  const dotted = /^[a-zA-Z_]\w*(\.[a-zA-Z_$][\w$]*)+$/.test(word);
  const dash = dashFollows(text, end) && (header.level === '' || dotted);
  const colon = text.charCodeAt(next) === 58 && text.charCodeAt(next + 1) === 32;
  const column = header.level !== '' && next - end >= 2;
  const bracket = header.level !== '' && dotted && text.charCodeAt(next) === 91;
  if (!dash && !colon && !column && !bracket) return false;
  header.component = word;
  cursor.at = end;
  return true;
}

/** `30002312|` : a number in front of a bar, once a component is known. */
function barredNumber(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const bar = text.indexOf('|', at);
  if (header.pid !== '' || bar < 0 || bar - at > 20 || !allDigits(text, at, bar)) return false;
  header.pid = text.slice(at, bar);
  cursor.at = bar + 1;
  return true;
}

/** Codes between the stamp and a level in capitals: `R02-M1-N0-C:J12-U11 RAS KERNEL INFO`. The last name is the component. */
function codesPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (stamp === 'none' || header.level !== '' || header.component !== '') return false;
  const words: string[] = [];
  for (let from = at; words.length < wordsBeforeLevel; ) {
    const end = wordEnd(text, from);
    if (words.length > 0 && isLevelWord(text, from, end, false)) {
      const names = words.filter((word) => /^[A-Za-z_.$]+$/.test(word));
      header.component = names.at(-1) ?? '';
      header.host = header.host || (words.find((word) => /\d/.test(word)) ?? '');
      const rest = words.filter((word, index) => word !== header.component && word !== header.host && words.indexOf(word) === index);
      header.other = [header.other, ...rest].filter((part) => part !== '').join(' ');
      header.level = text.slice(from, end);
      cursor.at = end;
      return true;
    }
    if (end >= text.length || !isCodeLike(text, from, end)) return false;
    words.push(text.slice(from, end));
    from = skipBlanks(text, end);
  }
  return false;
}

/** One part at the cursor; false when the message begins here. */
function takePart(cursor: Cursor): boolean {
  const code = cursor.text.charCodeAt(cursor.at);
  if (code === 91 || code === 40 || code === 60) return bracketPart(cursor);
  if (isDigit(code)) return processPart(cursor) || barredNumber(cursor) || codesPart(cursor);
  if (cursor.header.level === '' && levelPart(cursor)) return true;
  return hostPart(cursor) || componentPart(cursor) || codesPart(cursor);
}

/** Takes level, host, process, thread and component off, from `at` on, and sets where the message begins. */
export function peelFields(text: string, at: number, header: Header, stamp: StampKind): void {
  const cursor: Cursor = { text, at, header, stamp, parted: false, parts: 0 };
  while (cursor.parts < maxParts) {
    skipSeparators(cursor);
    if (cursor.at >= text.length || !takePart(cursor)) break;
    cursor.parts += 1;
  }
  if (cursor.parts > 0 || stamp !== 'none') header.bodyAt = Math.min(skipBlanks(text, cursor.at), text.length);
}
