import { angleColumns } from './angleColumns.ts';
import { bracketPart } from './bracketPart.ts';
import { codesPart, gluedLevel } from './codesPart.ts';
import { componentPart, takeTag, trailingComponent } from './componentPart.ts';
import { foreignLevelAt } from './foreignLevel.ts';
import type { Header } from './header.ts';
import type { HeaderHints } from './headerHints.ts';
import { hostPart, programName } from './hostPart.ts';
import { lettersEnd, type Cursor, type StampKind } from './headerCursor.ts';
import { isLabel, keptLevel, levelHint } from './levelWord.ts';
import { levelPart } from './levelPart.ts';
import { mnemonicPart, severities } from './mnemonicPart.ts';
import { severityPart } from './severityPart.ts';
import { barredNumber, hexPart, processPart } from './processPart.ts';
import { isDigit } from '../time/stamp.ts';
import { tagAt } from './tag.ts';
import { skipBlanks, wordEnd } from './words.ts';

/** No header has more parts than this. */
const maxParts = 14;

/** Blanks, and dashes, colons, commas, bars and single stars between parts. */
function skipSeparators(cursor: Cursor): void {
  const { text } = cursor;
  let { at } = cursor;
  cursor.parted = false;
  cursor.tabbed = text.charCodeAt(at) === 9 || text.charCodeAt(at - 1) === 9;
  for (;;) {
    at = skipBlanks(text, at);
    const code = text.charCodeAt(at);
    let end = at;
    while (end < at + 8 && text.charCodeAt(end) === 45) end += 1;
    if (end > at && text.charCodeAt(end) === 32) {
      cursor.parted = true;
      at = end;
    } else if (code === 124 || ((code === 58 || code === 44) && cursor.parts + (cursor.stamp === 'none' ? 0 : 1) > 0)) {
      cursor.parted ||= code === 124;
      // `|-ERROR`: the bar of a tree.
      at += code === 124 && text.charCodeAt(at + 1) === 45 ? 2 : 1;
    } else if (code === 42 && text.charCodeAt(at + 1) === 32 && cursor.header.component !== '') at += 1;
    else break;
  }
  cursor.at = at;
}

/** `orders-Archive Error [BW-CORE]`: a name and a level, where those of the stream stand so. */
function namedLevel(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const end = wordEnd(text, at);
  const from = skipBlanks(text, end);
  const to = lettersEnd(text, from);
  const behind = text.charCodeAt(to);
  if (levelHint(text, from, to) === 'none' || !(behind <= 32 || behind === 58 || behind === 91 || to >= text.length)) return false;
  header.component = text.slice(at, end);
  header.level = keptLevel(text.slice(from, to));
  cursor.at = to;
  return true;
}

/** `ОШИБКА: `, `错误：`, `BŁĄD `: a level in other letters, with a colon behind it, or behind a stamp. */
function foreignLevel(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  // Most words end here: no letter of theirs is of another alphabet.
  if (text.charCodeAt(at) < 128 && text.charCodeAt(lettersEnd(text, at)) < 128) return false;
  const found = foreignLevelAt(text, at);
  const behind = found ? text.charCodeAt(found.end) : Number.NaN;
  const colon = behind === 58 || behind === 0xff1a;
  if (!found || !(colon || (stamp !== 'none' && (behind <= 32 || Number.isNaN(behind))))) return false;
  header.level = found.level;
  cursor.at = colon ? found.end + 1 : found.end;
  return true;
}

/** One part at the cursor; false when the message begins here. */
function takePart(cursor: Cursor): boolean {
  const { header } = cursor;
  if (cursor.levelSecond && cursor.stamp !== 'syslog' && header.level === '' && (codesPart(cursor) || namedLevel(cursor))) return true;
  const code = cursor.text.charCodeAt(cursor.at);
  // The rest is a record of its own.
  if ((code === 67 || code === 76) && /^(?:CEF|LEEF):\d/.test(cursor.text.slice(cursor.at, cursor.at + 6))) return false;
  if (code === 60 && (angleColumns(cursor) || facilityPart(cursor))) return true;
  if (code === 91 || code === 40 || code === 60 || code === 123) return bracketPart(cursor);
  if (code === 35 || code === 42) return signPart(cursor);
  if (code === 33 || code === 62 || code === 61 || code === 45) return header.level === '' && shoutedLevel(cursor);
  // No level, host or name begins with a quote.
  if (code === 34) return gluedLevel(cursor) || codesPart(cursor);
  if (isDigit(code)) {
    return hostPart(cursor) || processPart(cursor) || barredNumber(cursor) || hexPart(cursor) || gluedLevel(cursor) || codesPart(cursor);
  }
  if (code >= 128) return header.level === '' && foreignLevel(cursor);
  if ((header.level === '' || header.priority) && (levelPart(cursor) || foreignLevel(cursor))) {
    header.priority = false;
    return true;
  }
  return (
    facilityPart(cursor) ||
    severityPart(cursor) ||
    hostPart(cursor) ||
    componentPart(cursor) ||
    hexPart(cursor) ||
    gluedLevel(cursor) ||
    codesPart(cursor) ||
    topicsPart(cursor)
  );
}

const facility = /^<?([a-z]{3,8}\d?)\.([a-z]{3,7})(?:>|(?= ))/;
/** `<1.3> `: the same in numbers. */
const numbered = /^<(?:1?\d|2[0-3])\.([0-7])>(?= )/;

const hostAndFacility = /[\w.:-]+ (?=[a-z]{3,8}\d?\.[a-z]{3,7} )/y;

/** Index behind the host at `at` that facility and severity follow; `at` when there is none. */
function behindHost(text: string, at: number): number {
  const end = wordEnd(text, at);
  // Most words end here: no point follows soon.
  const point = text.indexOf('.', end);
  if (point < end + 4 || point > end + 10) return at;
  hostAndFacility.lastIndex = at;
  return hostAndFacility.test(text) ? end : at;
}

/** `daemon.info `, `<auth.err> `: facility and severity of syslog, in front of the host. */
function facilityPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (cursor.parts > 0 || stamp === 'none' || header.level !== '') return false;
  const hostEnd = behindHost(text, at);
  if (hostEnd > at) {
    cursor.at = hostEnd + 1;
    if (header.host === '' && facilityPart(cursor)) {
      header.host = text.slice(at, hostEnd);
      return true;
    }
    cursor.at = at;
    return false;
  }
  const start = text.slice(at, at + 24);
  const inNumbers = numbered.exec(start);
  const found = inNumbers ?? facility.exec(start);
  const word = inNumbers ? severities[Number(inNumbers[1])]! : (found?.[2] ?? '');
  if (!found || levelHint(word, 0, word.length) === 'none') return false;
  header.level = keptLevel(word);
  cursor.at = at + found[0].length;
  // A host may still follow, or the program at once.
  const tag = tagAt(text, skipBlanks(text, cursor.at));
  if (tag?.colon && programName.test(tag.name)) takeTag(cursor, tag.name, tag.pid, tag.end);
  else cursor.parts -= 1;
  return true;
}

/** `system,error,critical `: subjects in one word, right behind the stamp; a level is one of them, the first names who says it. */
function topicsPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (stamp === 'none' || cursor.parts > 0) return false;
  const end = wordEnd(text, at);
  const comma = text.indexOf(',', at);
  if (comma < 0 || comma > end || !/^[a-z-]+(?:,[a-z-]+)+$/.test(text.slice(at, end))) return false;
  const topics = text.slice(at, end).split(',');
  const levels = topics.filter((topic) => levelHint(topic, 0, topic.length) !== 'none' && !isLabel(topic));
  if (levels.length === 0) return false;
  header.level = keptLevel(levels[0]!);
  header.component ||= topics.find((topic) => !levels.includes(topic)) ?? '';
  cursor.at = end;
  return true;
}

/** `# ` and `* ` right behind a stamp (Redis: warning and notice), and `##[error]` of build servers. */
function signPart(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  if (header.level !== '') return false;
  if (starredLevel(cursor) || shoutedLevel(cursor)) return true;
  if (text.startsWith('##[', at)) {
    cursor.at = at + 2;
    const taken = bracketPart(cursor);
    if (!taken) cursor.at = at;
    return taken;
  }
  // A process stands in front of the stamp there: `1:M 03 Jun 2024 10:00:00.123 # `.
  const led = header.pid !== '' || header.other !== '';
  if (text.charCodeAt(at + 1) !== 32 || cursor.parts > 0 || cursor.stamp === 'none' || !led) return false;
  header.level = text.charCodeAt(at) === 35 ? 'WARN' : 'INFO';
  cursor.at = at + 1;
  return true;
}

const shouted = /^(?:[*!>#=-]{2,5} ?|[!>] )(?=[A-Z]{4,}\b)/;

/** `*** ERROR => `, `! WARNING: `, `>>> FATAL: `: a level in capitals behind signs, and what leads from it to the message. */
function shoutedLevel(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const found = shouted.exec(text.slice(at, at + 20));
  const from = at + (found?.[0].length ?? 0);
  const end = lettersEnd(text, from);
  const behind = /^(?::| =>| -+>?|:? )(?=\s|$|[A-Z])/.exec(text.slice(end, end + 6));
  if (!found || !behind || levelHint(text, from, end) !== 'plain') return false;
  header.level = keptLevel(text.slice(from, end));
  cursor.at = end + behind[0].length;
  return true;
}

/** `*ERROR*` */
function starredLevel(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  const end = lettersEnd(text, at + 1);
  if (text.charCodeAt(at) !== 42 || text.charCodeAt(end) !== 42 || levelHint(text, at + 1, end) === 'none') return false;
  header.level = keptLevel(text.slice(at + 1, end));
  cursor.at = end + 1;
  return true;
}

/**
 * Takes level, host, process, thread and component off, from `at` on, and sets where the message begins.
 * @param hints what is known of the stream's headers
 */
export function peelFields(
  text: string,
  at: number,
  header: Header,
  stamp: StampKind,
  { levelFirst, levelSecond, tags }: Omit<HeaderHints, 'places'>,
): void {
  const cursor: Cursor = {
    text,
    at,
    header,
    stamp,
    parted: false,
    tabbed: false,
    parts: 0,
    levelFirst: levelFirst && stamp !== 'none',
    levelSecond: levelSecond && stamp !== 'none',
    tags,
    bracketed: '',
  };
  while (cursor.parts < maxParts && header.bodyEnd === 0) {
    skipSeparators(cursor);
    if (cursor.at >= text.length) break;
    if (text.charCodeAt(cursor.at) === 37 && mnemonicPart(cursor)) break;
    if (!takePart(cursor)) break;
    cursor.parts += 1;
    cursor.levelFirst = cursor.levelSecond = false;
  }
  if (cursor.parts > 0 || stamp !== 'none') header.bodyAt = Math.min(skipBlanks(text, cursor.at), text.length);
  if (header.component !== '') return;
  if (cursor.bracketed !== '') {
    header.component = cursor.bracketed;
    if (header.thread === cursor.bracketed) header.thread = '';
  } else if (header.level !== '' && stamp !== 'none') header.component = trailingComponent(text);
}
