import { isLetterCode } from './headerCursor.ts';
import { keptLevel, levelHint } from './levelWord.ts';

/** `level=`, `lvl: `, `severity = `, `at=` in front of a value, the value in quotes or not. */
const pair = /(?:^|[\s,])(?:level|lvl|severity|at)\s*[:=]\s*"?([A-Za-z]{3,13})\b/iy;
const longestName = 9;

/** The level that a pair with its sign, `=` or `:`, at `at` gives: `LEVEL: Error`, `at=error`. '' when it gives none. */
export function levelPair(text: string, at: number): string {
  let end = at;
  while (end > 0 && text.charCodeAt(end - 1) <= 32) end -= 1;
  // Most pairs end here: none of the names ends with the letter (l, y, t).
  const last = text.charCodeAt(end - 1) | 32;
  if (last !== 108 && last !== 121 && last !== 116) return '';
  let from = end;
  while (from > 0 && end - from < longestName && isLetterCode(text.charCodeAt(from - 1))) from -= 1;
  pair.lastIndex = Math.max(from - 1, 0);
  const word = pair.exec(text)?.[1];
  return word !== undefined && levelHint(word, 0, word.length) !== 'none' ? keptLevel(word) : '';
}
