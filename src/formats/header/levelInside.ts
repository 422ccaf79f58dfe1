import { columnEnds, lettersEnd } from './headerCursor.ts';
import { levelPair } from './levelPair.ts';
import { isLabel, keptLevel, levelHint } from './levelWord.ts';
import { allUpper, skipBlanks, wordEnd } from './words.ts';

/** A level stands no further from the beginning of a message. */
const furthest = 120;
/** And a pair that gives it. */
const furthestPair = 200;

/** What opens in front of a level, and what must close behind it. */
const closers: Readonly<Record<number, number>> = { 91: 93, 60: 62, 40: 41 };
/** `npm ERR! `, `npm WARN `: a program and a level in capitals. */
const programLevel = /^[a-z][a-z\d_-]{1,20} (ERR|ERROR|WARN)(?:! | )(?=[a-z])/;
/** `EXT4-fs error (device sda1): `, as parts of the kernel write it; `2m   Warning   BackOff`, the second of several columns. */
const namedLevel = /^[\w-]+(?: ([a-z]+) \([^()]*\): |(?: {2,}|\t)([A-Za-z]+)(?: {2,}|\t))/;

/** The level in one of these places; most messages have a word behind the first that nothing sets off. */
function readNamed(text: string): string {
  const end = wordEnd(text, 0);
  if (end > 40) return '';
  if (!columnEnds(text, end)) {
    const from = end + 1;
    const to = lettersEnd(text, from);
    const capital = programLevel.exec(text.charCodeAt(from) < 91 ? text.slice(0, 40) : '');
    if (capital) return keptLevel(capital[1]!);
    if (to === from || text.charCodeAt(to) !== 32 || text.charCodeAt(to + 1) !== 40) return '';
  }
  const found = namedLevel.exec(text.slice(0, furthest));
  const named = found?.[1] ?? found?.[2] ?? '';
  const isLevel = levelHint(named, 0, named.length) !== 'none' && (!isLabel(named) || named === 'Normal');
  return isLevel ? keptLevel(named) : '';
}

/** `: [ | < > ( ) * ! =`: signs in front of a level. One look-up a character. */
const signs = new Uint8Array(128);
for (const sign of ':[|<>()*!=') signs[sign.charCodeAt(0)] = 1;

const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/**
 * The level that stands in a message behind other words, set off by signs on both sides: `cluster [WRN] Health`,
 * `imap(ann): Error: x`, `n=x | fatal: x`, `cpu3:97)WARNING: x`, `-> ERROR: x`, `M  *** ERROR => x`, `func1() [E] x`; else the one
 * that a pair gives: `level=error`, `LEVEL: Error`. '' when there is none.
 */
export function levelInside(text: string): string {
  const named = readNamed(text);
  if (named !== '') return named;
  const stop = Math.min(text.length - 2, furthestPair);
  let paired = '';
  for (let at = 0; at < stop; at++) {
    const sign = text.charCodeAt(at);
    if (signs[sign] !== 1) continue;
    if (paired === '' && (sign === 61 || sign === 58)) paired = levelPair(text, at);
    if (sign === 61 || at >= furthest) continue;
    const from =
      sign === 91 || sign === 58 || sign === 124 || sign === 62 || sign === 42 || sign === 33 ? skipBlanks(text, at + 1) : at + 1;
    if (!isLetter(text.charCodeAt(from))) continue;
    const end = lettersEnd(text, from);
    if (isSetOff(text, sign, at, from, end)) return keptLevel(text.slice(from, end));
  }
  return paired;
}

function isSetOff(text: string, sign: number, at: number, from: number, end: number): boolean {
  const letter = end - from === 1;
  const code = text.charCodeAt(from);
  // A single letter means a level only by itself in square brackets behind a function or a file: `web.go:10:run() [E] `.
  if (letter) return sign === 91 && text.charCodeAt(end) === 93 && 'DIWEF'.includes(text[from]!) && /[):]\S* $/.test(text.slice(0, at));
  if (levelHint(text, from, end) === 'none' || isLabel(text.slice(from, end))) return false;
  const behind = text.charCodeAt(skipBlanks(text, end));
  const upper = allUpper(text, from, end);
  if (sign === 91 || sign === 60) return behind === closers[sign];
  // `(err):`; in prose parentheses hold anything.
  if (sign === 40) return text.charCodeAt(end) === 41 && text.charCodeAt(end + 1) === 58;
  // `M  *** ERROR => x`, `[1] ! WARNING: x`
  if (sign === 42 || sign === 33)
    return upper && from > at + 1 && (text.charCodeAt(end) === 58 || (sign === text.charCodeAt(at - 1) && text.startsWith(' =>', end)));
  if (sign === 41 || sign === 62) return upper && text.charCodeAt(end) === 58;
  if (sign === 124) return behind === 124 || text.charCodeAt(end) === 58;
  // `Main.cs(12,5): error CS0103: `: a place, the level and its number.
  if (sign === 58 && text.charCodeAt(at - 1) === 41 && /^ [A-Z]{1,8}\d+: /.test(text.slice(end, end + 16))) return true;
  // Between colons, the first with a blank behind it: `imap: Error: `, `4711: error : `.
  return from > at + 1 && behind === 58 && code !== 58 && text.charCodeAt(skipBlanks(text, end) + 1) === 32;
}
