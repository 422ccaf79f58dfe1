import { lettersEnd } from './headerCursor.ts';
import { isLabel, keptLevel, levelHint } from './levelWord.ts';
import { allUpper, skipBlanks } from './words.ts';

/** A level stands no further from the beginning of a message. */
const furthest = 120;

/** What opens in front of a level, and what must close behind it. */
const closers: Readonly<Record<number, number>> = { 91: 93, 60: 62, 40: 41 };
const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/**
 * The level that stands in a message behind other words, set off by signs on both sides: `cluster [WRN] Health`,
 * `imap(ann): Error: x`, `n=x | fatal: x`, `cpu3:97)WARNING: x`, `-> ERROR: x`, `func1() [E] x`. '' when there is none.
 */
export function levelInside(text: string): string {
  const stop = Math.min(text.length - 2, furthest);
  for (let at = 0; at < stop; at++) {
    const sign = text.charCodeAt(at);
    if (sign !== 58 && sign !== 91 && sign !== 124 && sign !== 60 && sign !== 62 && sign !== 40 && sign !== 41) continue;
    const from = sign === 91 || sign === 58 || sign === 124 || sign === 62 ? skipBlanks(text, at + 1) : at + 1;
    if (!isLetter(text.charCodeAt(from))) continue;
    const end = lettersEnd(text, from);
    if (isSetOff(text, sign, at, from, end)) return keptLevel(text.slice(from, end));
  }
  return '';
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
  if (sign === 41 || sign === 62) return upper && text.charCodeAt(end) === 58;
  if (sign === 124) return behind === 124 || text.charCodeAt(end) === 58;
  // Between colons, the first with a blank behind it: `imap: Error: `, `4711: error : `.
  return from > at + 1 && behind === 58 && code !== 58 && text.charCodeAt(skipBlanks(text, end) + 1) === 32;
}
