import { dashFollows, levelFollows, type Cursor } from './headerCursor.ts';
import { tagAt } from './tag.ts';
import { closing, isComponentName, isLevelLetter, isLevelWord, skipBlanks } from './words.ts';

/** `[main]`, `[1234]`, `[error]`, `(INFO)`, `<error>`. */
export function bracketPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const close = closing(text, at);
  if (close < 0) return false;
  const from = skipBlanks(text, at + 1);
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
  else if (/[ =,"]/.test(inside) && !isFollowed(text, close + 1)) return false;
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

/** Whether a level, a dash or the name of a component stands behind a bracket: then what is in it is a thread, whatever it holds. */
function isFollowed(text: string, at: number): boolean {
  if (text.charCodeAt(at) === 58 || dashFollows(text, at) || levelFollows(text, at)) return true;
  const from = skipBlanks(text, at);
  const tag = tagAt(text, from);
  return tag !== null && isComponentName(text, from, from + tag.name.length);
}
