import { expandAbbreviation } from './abbreviations.ts';
import { isStopWord, readOutcome } from './contentWords.ts';

/** Words of other spellings for one thing that events report; the first names it. */
const synonyms = new Map<string, string>();
for (const line of [
  'fail unable cannot couldn failure failed failing error errors',
  'timeout timed timeouts',
  'stop stopped stopping stops shutdown shutting',
  'start started starting starts launch launched launching begin began',
  'complete completed completes complet finish finished finishing finishes done',
  'delete deleted deleting remove removed removing',
  'invalid wrong bad',
  'kill killed terminate terminated terminating',
  'deny denied refuse refused denies',
  'detect detected detecting found',
  'assign assigned',
  'limit limits quota',
  'use used uses usage using',
  'have has had having',
  'success succeed succeeds succeeded pass passed passes',
  'reach reached reaching',
]) {
  const [base, ...others] = line.split(' ') as [string, ...string[]];
  for (const word of [base, ...others]) synonyms.set(word, base);
}

/** Words that are there for the sentence's sake. */
const light = new Set(
  'already also just now again being been get got getting occurred happened while because due trying tried attempt still currently successfully successful new took has have had took own'.split(
    ' ',
  ),
);
/** Stop words that say where something went. */
const particles = new Set(['up', 'down', 'off', 'out']);
const negations = new Set(['no', 'not', 'without', 'never', 'non']);
const endings: readonly [string, string][] = [
  ['ies', 'y'],
  ['sses', 'ss'],
  ['ing', ''],
  ['ed', ''],
  ['es', ''],
  ['s', ''],
];

/** What a text is about, as one key: its concepts in alphabetic order, each as often as it stands there. */
export interface Concepts {
  key: string;
  count: number;
}

/**
 * The concepts of a text: its words without those that only hold the sentence together, in one form each (`failed` and
 * `unable`, `NodeCard` and `node card`, `expires` and `expired`); what is negated is another concept than what is not.
 */
export function readConcepts(text: string): Concepts {
  const found: string[] = [];
  let negated = false;
  for (const word of splitWords(text)) {
    if (negations.has(word)) {
      negated = true;
      continue;
    }
    if (word.length < 2 || (isStopWord(word) && !particles.has(word)) || light.has(word)) continue;
    found.push((negated ? '!' : '') + normalForm(word));
    negated = false;
  }
  return { key: found.toSorted().join(' '), count: found.length };
}

/** Words of letters, compounds (`NodeCard`) as their parts, in lower case. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const compound of text.match(/\p{L}+/gu) ?? []) {
    const parts = compound.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+/gu) ?? [];
    if (parts.length > 1 && parts.every((part) => part.length > 1)) for (const part of parts) words.push(part.toLowerCase());
    else words.push(compound.toLowerCase());
  }
  return words;
}

/** One form of a word for all its spellings and for what means the same. */
export function normalForm(word: string): string {
  const full = expandAbbreviation(word) ?? word;
  const known = synonyms.get(full);
  if (known !== undefined) return known;
  const outcome = readOutcome(full);
  if (outcome !== undefined) return synonyms.get(outcome) ?? outcome;
  return stem(full);
}

/** Without the ending of a plural, a participle or a third person. */
function stem(word: string): string {
  // `process` and `class` are no plurals.
  if (word.endsWith('ss')) return word;
  for (const [ending, instead] of endings) {
    if (word.length - ending.length >= 4 && word.endsWith(ending)) return word.slice(0, -ending.length) + instead;
  }
  return word.endsWith('e') && word.length > 4 ? word.slice(0, -1) : word;
}
