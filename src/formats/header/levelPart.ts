import { behindDash, columnEnds, lettersEnd, type Cursor } from './headerCursor.ts';
import { isLabel, isLevelLetter, keptLevel, levelHint } from './levelWord.ts';
import { digitRun, isDigit } from '../time/stamp.ts';
import { tagAt } from './tag.ts';
import { allUpper, closing, isLocation, skipBlanks, wordEnd } from './words.ts';

/** `INFO`, `error:`, `Info   `, `LOG:`, `ERRO[0012]`, `PHP Fatal error:`, and single letters where what is around them says so. */
export function levelPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  const end = lettersEnd(text, at);
  if (end - at === 1) return levelLetter(cursor);
  const hint = levelHint(text, at, end);
  if (hint === 'none') return phrase(cursor, end);
  const behind = text.charCodeAt(end);
  const colon = behind === 58 && !isCount(text, end + 1);
  const bare = Number.isNaN(behind) || behind === 32 || behind === 9;
  const angle = behind === 62 && stamp !== 'none' && text.charCodeAt(end + 1) === 32;
  const marked = colon || behind === 124 || behind === 44 || angle || columnEnds(text, end);
  const parted = bare && (cursor.parted || cursor.tabbed || cursor.levelFirst || behindDash(text, end) >= 0);
  const counted = behind === 91 && (isSince(text, end) || isCoded(text, end));
  if (!bare && !marked && behind !== 91 && behind !== 47) return phrase(cursor, end);
  const slashed = behind === 47 && stamp !== 'none' && slashName.test(text.slice(end, end + 80));
  if (hint === 'word' && !marked && !parted && !counted && !slashed && !(bare && isColumned(cursor, end))) return phrase(cursor, end);
  // Without a stamp only what cannot be prose: capitals, or a sign.
  if (stamp === 'none' && !allUpper(text, at, end) && ((!marked && !counted) || isLabel(text.slice(at, end)))) return false;
  if (behind === 47 && !allUpper(text, at, end) && !slashed) return false;
  // One of several subjects: `system,error,critical`.
  if (behind === 44 && text.charCodeAt(end + 1) > 32 && isLabel(text.slice(at, end))) return false;
  header.level = keptLevel(text.slice(at, end));
  // `panic: runtime error` says what happened, too: the word stays in the message.
  if (colon && stamp === 'none' && text.slice(at, end) === 'panic') return false;
  cursor.at = counted ? closing(text, end) + 1 : angle ? end + 1 : end;
  if (slashed) {
    const colonAt = text.indexOf(':', end);
    header.component ||= text.slice(end + 1, colonAt);
    cursor.at = colonAt + 1;
  } else if (colon && text.charCodeAt(end + 1) > 32) pythonName(cursor, end + 1);
  return true;
}

/** `LOG C-0x55d:` behind a process, `LOG [Factory]`, `error hostd[2100]` behind a program, `error : x`. */
function isColumned(cursor: Cursor, end: number): boolean {
  const { text, at, header } = cursor;
  const next = skipBlanks(text, end);
  return allUpper(text, at, end)
    ? header.pid !== '' || text.charCodeAt(next) === 91
    : (cursor.parts > 0 || cursor.stamp !== 'none') && isSetOff(text, next);
}

/** `/ApiListener: ` behind a level: a part of the program. */
const slashName = /^\/[A-Z][\w.]*:(?:\s|$)/;

/** Whether a colon with a blank behind it, or a program with its process, stands at `at`. */
function isSetOff(text: string, at: number): boolean {
  if (text.charCodeAt(at) === 58) return text.charCodeAt(at + 1) === 32;
  const tag = tagAt(text, at);
  return tag !== null && tag.pid !== '';
}

/** `: 18456,` behind a word: a value that it names. */
function isCount(text: string, at: number): boolean {
  const from = skipBlanks(text, at);
  const digits = digitRun(text, from);
  return digits > 0 && text.charCodeAt(from + digits) === 44;
}

/** `[E0382]:`, the number of an error, of a compiler. */
const isCoded = (text: string, at: number): boolean => /^\[[A-Z]{1,3}\d{3,5}\]:/.test(text.slice(at, at + 12));

/** `[0012]`, seconds since the program began. */
const isSince = (text: string, at: number) => {
  const digits = digitRun(text, at + 1);
  return digits > 0 && text.charCodeAt(at + 1 + digits) === 93;
};

/** `INFO:root:message`, the layout of Python's basicConfig. */
function pythonName(cursor: Cursor, from: number): void {
  const colon = cursor.text.indexOf(':', from);
  if (colon < 0 || colon - from > 80 || !/^[A-Za-z_][\w.]*$/.test(cursor.text.slice(from, colon))) return;
  cursor.header.component = cursor.text.slice(from, colon);
  cursor.at = colon + 1;
}

const phrases = /^(?:[A-Z][A-Z\d]{1,7} )?(?:([A-Z][a-z]+) )?(?:([Ee]rror|ERROR|[Ww]arning|WARNING|[Nn]otice)|(Deprecated)):\s/;

/** `PHP Fatal error:`, `Parse error:`, `PHP Warning:`: a level in a few words. */
function phrase(cursor: Cursor, firstEnd: number): boolean {
  const { text, at, header } = cursor;
  // Most words end here: a phrase has a blank or a colon behind its first word.
  const behind = text.charCodeAt(firstEnd + digitRun(text, firstEnd));
  const first = text.charCodeAt(at);
  if ((behind !== 32 && behind !== 58) || first < 65 || first > 90) return false;
  const found = phrases.exec(text.slice(at, at + 40));
  if (!found || isCount(text, at + found[0].length)) return false;
  const graver = found[1] !== undefined && levelHint(found[1], 0, found[1].length) !== 'none' ? found[1] : undefined;
  if (
    found[1] !== undefined &&
    graver === undefined &&
    !/^(?:Parse|Syntax|Internal|Runtime|Core|Compile|Strict|Recoverable|User)$/.test(found[1])
  )
    return false;
  header.level = keptLevel(graver ?? found[2] ?? 'warning');
  cursor.at = at + found[0].length;
  return true;
}

/** `e: file:///src/Main.kt:12:5 `, as compilers write it: a letter, and a place in a file. */
const placed = /^[ewi]: (?:file:\/\/)?[\w@./\\-]+(?::\d+:\d+|: ?\(\d+, ?\d+\))/;

const paddedTag = /^([\w.-]+) +\( *(\d+)\):/;

/** `W core/platform/loader.cc:12] `: a letter, a file and a line of it. */
function letterAndPlace(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const end = wordEnd(text, at + 2) - 1;
  if (text.charCodeAt(end) !== 93 || !isLocation(text.slice(at + 2, end))) return false;
  header.level = keptLevel(text[at]!);
  const place = text.slice(at + 2, end);
  header.other = header.other === '' ? place : `${header.other} ${place}`;
  cursor.at = end + 1;
  return true;
}

/**
 * `D` behind process and thread (logcat), in front of capitals or a bracket (MongoDB), as a column of its own, glued behind a
 * bracket (`]E:`, `E! `), or in front of a slash (`E/Tag( 12): `).
 */
function levelLetter(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  if (cursor.levelFirst && isLevelLetter(text.charCodeAt(at) & 0xdf) && text.charCodeAt(at + 1) === 32) {
    header.level = keptLevel(text[at]!.toUpperCase());
    cursor.at = at + 1;
    return true;
  }
  if (text.charCodeAt(at + 1) === 58 && cursor.stamp === 'none' && cursor.parts === 0 && placed.test(text.slice(at, at + 200))) {
    header.level = keptLevel(text[at]!.toUpperCase());
    cursor.at = at + 2;
    return true;
  }
  if (!isLevelLetter(text.charCodeAt(at))) return false;
  if (cursor.stamp !== 'none' && text.charCodeAt(at + 1) === 32 && letterAndPlace(cursor)) return true;
  const behind = text.charCodeAt(at + 1);
  if (behind === 47) {
    // `I/flutter ( 1234): `, the name padded.
    const padded = paddedTag.exec(text.slice(at + 2, at + 80));
    if (!padded && !tagAt(text, at + 2)) return false;
    cursor.at = at + 2 + (padded?.[0].length ?? 0);
    if (padded) [header.component, header.pid] = [padded[1]!, padded[2]!];
  } else if ((behind === 58 && text.charCodeAt(at - 1) === 93) || (behind === 33 && text.charCodeAt(at + 2) === 32)) cursor.at = at + 2;
  else {
    if (behind !== 32 && behind !== 9 && behind !== 124) return false;
    const next = skipBlanks(text, at + 1);
    const capitals = allUpper(text, next, wordEnd(text, next)) || text.charCodeAt(next) === 91;
    const column = columnEnds(text, at + 1) && columnEnds(text, at - 2) && cursor.parts > 0;
    const barred = behind === 124 || text.charCodeAt(next) === 124;
    const stamped = cursor.stamp !== 'none' && (capitals || cursor.parted || cursor.tabbed || barred);
    if (header.pid === '' && !stamped && !column) return false;
    if (header.pid !== '' && isDigit(text.charCodeAt(next))) return false;
    cursor.at = at + 1;
  }
  header.level = keptLevel(text[at]!);
  return true;
}
