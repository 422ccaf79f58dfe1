import { dashFollows, isLetterCode, type Cursor } from './headerCursor.ts';
import { tagAt } from './tag.ts';
import { allUpper, isLevelLetter, isLevelWord, skipBlanks, wordEnd } from './words.ts';

/** `INFO`, `error:`, `Info   `, `LOG:`, and single letters where the words around them say so. */
export function levelPart(cursor: Cursor): boolean {
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
