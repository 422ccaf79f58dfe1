import { foreignLevelAt } from './foreignLevel.ts';
import { dashFollows, levelFollows, type Cursor } from './headerCursor.ts';
import { isLevelLetter, keptLevel, levelHint } from './levelWord.ts';
import { isDigit } from '../time/stamp.ts';
import { tagAt } from './tag.ts';
import { closing, isComponentName, isLocation, isThreadName, skipBlanks } from './words.ts';

/** `[main]`, `[1234]`, `[error]`, `[core:error]`, `(INFO)`, `<error>`, `{task.py:11}`. */
export function bracketPart(cursor: Cursor): boolean {
  const { text, at, stamp } = cursor;
  const close = closing(text, at);
  if (close < 0) return false;
  const from = skipBlanks(text, at + 1);
  let to = close;
  while (to > from && (text.charCodeAt(to - 1) === 32 || text.charCodeAt(to - 1) === 9)) to -= 1;
  if (bracketLevel(cursor, from, to)) {
    cursor.at = close + 1;
    return true;
  }
  const inside = text.slice(from, to);
  if (messageId(cursor, inside)) {
    cursor.at = close + 1;
    return true;
  }
  const opened = text.charCodeAt(at);
  if (stamp === 'none' && cursor.header.level === '') return uptime(cursor, inside, close) || leadingName(cursor, inside, close);
  if (opened === 60) return takeIn(cursor, close, /^[\d.]+$/.test(inside) && cursor.header.pid === '' ? 'pid' : null, inside);
  if (opened === 123) return (levelFollows(text, close + 1) || dashFollows(text, close + 1)) && takeIn(cursor, close, 'other', inside);
  if (opened === 40)
    return isThreadName(inside.replace(/ - (?=\d+$)/, '-')) && cursor.header.level !== '' && takeIn(cursor, close, 'thread', inside);
  return takeSquare(cursor, inside, close);
}

/** `[ID 540533 kern.notice]`: the number of a message, with the facility and severity of syslog (Solaris). */
function messageId({ header }: Cursor, inside: string): boolean {
  const found = /^ID \d+ [a-z]\w*\.([a-z]+)$/.exec(inside);
  const level = found?.[1] ?? '';
  if (header.level !== '' || levelHint(level, 0, level.length) === 'none') return false;
  header.level = keptLevel(level);
  header.priority = true;
  return true;
}

type Slot = 'pid' | 'thread' | 'other' | 'component';

/** Puts what a bracket held where it belongs, if that is free, and moves behind the bracket. */
function takeIn(cursor: Cursor, close: number, slot: Slot | null, value: string): boolean {
  const { header } = cursor;
  if (slot === null) return false;
  if (slot === 'other') header.other = header.other === '' ? value : `${header.other} ${value}`;
  else if (header[slot] === '') header[slot] = value;
  else return false;
  cursor.at = close + 1;
  return true;
}

/** Numbers and hexadecimal ids, which name one request and no part of a program. */
const value = /\d{3}|^(?=.*\d)[0-9a-f]{6,}$/i;
const processInside = /^(?:pid:? ?)?\d+(?:(?::(?:tid )?| )\d+)?$/i;
const code = /^(?=.*\d)[A-Z][A-Z\d]*(?:[-_][A-Z\d]+)+$/;

/** `org.example.ejb3`: a path in the code, whatever its last part looks like. */
const packagePath = /^[a-z]\w*(?:\.[a-z]\w*){2,}$/;

/** `salt.minion      :2234`: a module and a line of it. */
const moduleLine = /^([A-Za-z_]\w*(?:\.\w+)+) *:\d+$/;

/** What stands in square brackets: a process, a component, a thread; a sentence is the message. */
function takeSquare(cursor: Cursor, inside: string, close: number): boolean {
  const { text, header } = cursor;
  if (inside === '') {
    cursor.at = close + 1;
    return true;
  }
  const first = inside.charCodeAt(0);
  if (header.pid === '' && (isDigit(first) || first === 80 || first === 112) && processInside.test(inside))
    return takeIn(cursor, close, 'pid', inside.replace(/^pid:? ?/i, ''));
  if (inside.includes('/') && /^[A-Z]\w+\/\w+$/.test(inside) && text.charCodeAt(cursor.at - 1) > 32)
    return takeIn(cursor, close, 'other', inside);
  if (isLocation(inside) || (first >= 65 && first <= 90 && code.test(inside))) return takeIn(cursor, close, 'other', inside);
  const located = moduleLine.exec(inside);
  if (located) {
    header.other = header.other === '' ? inside : `${header.other} ${inside}`;
    return takeIn(cursor, close, 'component', located[1]!) || takeIn(cursor, close, 'other', inside);
  }
  if (/[ =,"]/.test(inside))
    return isFollowed(text, close + 1) && (takeIn(cursor, close, 'thread', inside) || takeIn(cursor, close, 'other', inside));
  const isName = isComponentName(inside, 0, inside.length) && (!isThreadName(inside) || packagePath.test(inside));
  if (isName && takeIn(cursor, close, 'component', inside)) return true;
  // Glued behind the level and a process even `[main]` is a part of the program.
  const glued = header.pid !== '' && header.level !== '' && text.charCodeAt(cursor.at - 1) === 93;
  if ((glued || !isThreadName(inside)) && /^[A-Za-z][\w.-]*$/.test(inside) && !value.test(inside) && cursor.bracketed === '')
    cursor.bracketed = inside;
  return takeIn(cursor, close, 'thread', inside) || takeIn(cursor, close, 'other', inside);
}

/** A level, by itself or set off from a name: `core:error`, `Server thread/WARN`, `warn|db`. */
function bracketLevel(cursor: Cursor, from: number, to: number): boolean {
  const { text, header } = cursor;
  if (header.level !== '' && cursor.parts > 0 && !header.priority) return false;
  if (header.level !== '' && !header.priority) return false;
  const first = text.charCodeAt(from);
  // `(EE)`: the letter twice.
  const twice = to - from === 2 && first === text.charCodeAt(from + 1);
  const letter = (to - from === 1 || twice) && isLevelLetter(first);
  if (letter || levelHint(text, from, to) !== 'none') {
    setLevel(cursor, from, twice ? to - 1 : to);
    return true;
  }
  const foreign = to - from < 16 ? foreignLevelAt(text, from) : null;
  if (foreign?.end === to) {
    header.level = foreign.level;
    header.priority = false;
    return true;
  }
  const last = Math.max(text.lastIndexOf(':', to - 1), text.lastIndexOf('/', to - 1));
  if (last < from || to - from > 60 || levelHint(text, last + 1, to) === 'none') return false;
  setLevel(cursor, last + 1, to);
  const name = text.slice(from, last);
  if (name === '') return true;
  if (text.charCodeAt(last) === 58 && /^[\w.-]+$/.test(name)) header.component ||= name;
  else header.thread ||= name;
  return true;
}

function setLevel({ text, header }: Cursor, from: number, to: number): void {
  header.level = keptLevel(text.slice(from, to));
  header.priority = false;
}

/** `[12345.678901]` of the kernel, `[0.123s]` of a virtual machine: seconds since the start, which is no time. */
function uptime(cursor: Cursor, inside: string, close: number): boolean {
  if (cursor.at !== 0 || !/^\d+\.\d{3,9}s?$/.test(inside)) return false;
  cursor.header.other = `uptime=${inside}`;
  cursor.at = close + 1;
  return true;
}

/** A name in brackets at the very beginning, in front of a level or a dash. */
function leadingName(cursor: Cursor, inside: string, close: number): boolean {
  if (cursor.parts > 0 || !/^[A-Za-z][\w.-]*$/.test(inside) || !levelFollows(cursor.text, close + 1)) return false;
  cursor.bracketed = inside;
  cursor.at = close + 1;
  return true;
}

/** Whether a level, a dash or the name of a component stands behind a bracket: then what is in it is a thread, whatever it holds. */
function isFollowed(text: string, at: number): boolean {
  if (text.charCodeAt(at) === 58 || dashFollows(text, at) || levelFollows(text, at)) return true;
  const from = skipBlanks(text, at);
  const tag = tagAt(text, from);
  return tag !== null && isComponentName(text, from, from + tag.name.length);
}
