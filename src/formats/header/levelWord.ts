import { parseLevel, levelWords } from '../../event.ts';
import { allUpper } from './words.ts';

/**
 * How surely a word in front of a message is its level. `word`: also the beginning of a sentence (`Error opening file`, `Log
 * rotated`), so that a sign around it must say that it is a level. `plain`: hardly the beginning of one (`info`, `WRN`, `ERROR`).
 */
export type LevelHint = 'none' | 'word' | 'plain';

/** Words that no sentence begins with, in any case; the others need capitals. */
const plainWords = new Set(
  'info inf information informational warn wrn debug dbg dbug debu fatal ftl verbose vrb trc trce crit emerg err erro eror fata'.split(' '),
);
/** Words that capitals do not make a level either: a sign must set them off. */
const markedWords = new Set(
  'success log note normal system config fine finer finest failure fail assert grave infos attention aviso avviso panic informationen fault'.split(
    ' ',
  ),
);

/** Words that are labels of all kinds of lines: no level of a line without a stamp, unless in capitals. */
const labels = new Set('success note normal system config fine finer log attention fault'.split(' '));
export const isLabel = (word: string): boolean => labels.has(word.toLowerCase()) && word !== word.toUpperCase();

/** The words by their length and first letter. */
const byStart: string[][] = [];
const startKey = (length: number, first: number): number => (length << 8) | (first & 0xff) | 32;
// A name that any part of a program may have is a level only as the value of a field.
for (const word of levelWords) if (word !== 'default') (byStart[startKey(word.length, word.charCodeAt(0))] ??= []).push(word);
// Loggers that have a level for what went well. In fields it is a result as often.
(byStart[startKey(7, 's'.charCodeAt(0))] ??= []).push('success');
const longest = Math.max(...levelWords.map((word) => word.length));

function equalsAnyCase(text: string, from: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if ((text.charCodeAt(from + i) | 32) !== word.charCodeAt(i)) return false;
  return true;
}

/** What the word between two places says of the level. Tried on many words, so nothing is cut out before it matches. */
export function levelHint(text: string, from: number, to: number): LevelHint {
  if (to - from > longest || to <= from) return 'none';
  const words = byStart[startKey(to - from, text.charCodeAt(from))];
  if (words === undefined) return 'none';
  for (const word of words) {
    if (!equalsAnyCase(text, from, word)) continue;
    if (plainWords.has(word)) return 'plain';
    return allUpper(text, from, to) && !markedWords.has(word) ? 'plain' : 'word';
  }
  return 'none';
}

/** Letters that stand for levels in logcat, glog, MongoDB and their like. */
export function isLevelLetter(code: number): boolean {
  return code === 68 || code === 69 || code === 70 || code === 73 || code === 86 || code === 87 || code === 67 || code === 84;
}

/** Spellings that are kept as they were written. */
const kept = new Set('trace debug info notice warn warning error err fatal critical crit alert emerg severe'.split(' '));

/** Words met before; bounded, since they come from outside. */
const levels = new Map<string, string>();

/** A level as it is kept: the usual words as they were written, letters, cut words and foreign ones as what they stand for. */
export function keptLevel(word: string): string {
  let level = levels.get(word);
  if (level === undefined) {
    level = kept.has(word.toLowerCase()) ? word : (parseLevel(word) ?? (word.toLowerCase() === 'success' ? 'INFO' : word));
    if (levels.size < 1024) levels.set(word, level);
  }
  return level;
}
