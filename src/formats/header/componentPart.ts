import { dashFollows, type Cursor } from './headerCursor.ts';
import { tagAt } from './tag.ts';
import { isCodeLike, isComponentName, isLevelWord, skipBlanks, wordEnd } from './words.ts';

/** How many words may stand between the stamp and the level. */
const wordsBeforeLevel = 6;

/** `combo sshd(pam_unix)[19939]: `: a host and a tag. */
export function hostPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (cursor.parts > 0 || (stamp !== 'syslog' && stamp !== 'zoned')) return false;
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
export function componentPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (header.component !== '') return false;
  const tag = tagAt(text, at);
  if (tag) {
    const columns = header.pid !== '' && header.level !== '';
    const named =
      tag.pid !== '' ||
      (stamp !== 'none' || header.level !== '' ? isComponentName(text, at, at + tag.name.length) || (columns && tag.colon) : false);
    if (!named) return false;
    takeTag(cursor, tag.name, tag.pid, tag.end);
    return true;
  }
  if (stamp === 'none') return false;
  return barredPart(cursor) || columnPart(cursor);
}

/** Index of the bar behind the word at `at`, blanks between them or not; -1 when there is none. */
function barAt(text: string, at: number): number {
  let end = at;
  while (end < at + 60 && text.charCodeAt(end) > 32 && text.charCodeAt(end) !== 124) end += 1;
  end = skipBlanks(text, end);
  return text.charCodeAt(end) === 124 ? end : -1;
}

/** A short field in front of a bar. */
function barredPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const bar = barAt(text, at);
  if (bar < 0) return false;
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
  const next = skipBlanks(text, end);
  const code = text.charCodeAt(next);
  // Most messages end here: nothing sets their first word apart.
  if (end >= text.length || (next - end < 2 && code !== 45 && code !== 58 && code !== 91)) return false;
  const word = text.slice(at, end);
  if (!/^[A-Za-z_][\w.$@/#-]*$/.test(word)) return false;
  const dotted = /^[a-zA-Z_]\w*(\.[a-zA-Z_$][\w$]*)+$/.test(word);
  const dash = dashFollows(text, end) && (header.level === '' || dotted);
  const colon = code === 58 && text.charCodeAt(next + 1) === 32;
  const column = header.level !== '' && next - end >= 2;
  const bracket = header.level !== '' && dotted && code === 91;
  if (!dash && !colon && !column && !bracket) return false;
  header.component = word;
  cursor.at = end;
  return true;
}

/** Codes between the stamp and a level in capitals: `R02-M1-N0-C:J12-U11 RAS KERNEL INFO`. The last name is the component. */
export function codesPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (stamp === 'none' || header.level !== '' || header.component !== '') return false;
  const words: string[] = [];
  for (let from = at; words.length < wordsBeforeLevel;) {
    const end = wordEnd(text, from);
    const levelEnd = text.charCodeAt(end - 1) === 58 ? end - 1 : end;
    if (words.length > 0 && isLevelWord(text, from, levelEnd, false)) {
      const names = words.filter((word) => /^[A-Za-z_.$]+$/.test(word));
      header.component = names.at(-1) ?? '';
      header.host = header.host || (words.find((word) => /\d/.test(word)) ?? '');
      const rest = words.filter((word, index) => word !== header.component && word !== header.host && words.indexOf(word) === index);
      header.other = [header.other, ...rest].filter((part) => part !== '').join(' ');
      header.level = text.slice(from, levelEnd);
      cursor.at = levelEnd;
      return true;
    }
    if (end >= text.length || !isCodeLike(text, from, end)) return false;
    words.push(text.slice(from, end));
    from = skipBlanks(text, end);
  }
  return false;
}
