import { CONST, SOFT, VAR } from '../scan/shape.ts';
import { VALUE } from '../scan/scanner.ts';
import { isOutcome } from '../text/contentWords.ts';
import { allCapitals, hexLike, inPath, nameLike } from './names.ts';
import type { Alignment, Pieces } from './pieces.ts';

/** Tokens a quoted value may have. */
const LONGEST_QUOTE = 8;

export interface Skeleton extends Alignment {
  hashes: number[];
  /** What was taken as a value although its shape is none: names with a number, other names, what is a value only where
   * others showed it, words in a field. */
  numbered: number;
  names: number;
  weak: number;
  words: number;
  /** Words that hardly any other template has. */
  rare: number;
}

/** What is in doubt: names alone, words in fields as well, or names and every word that is rare in the group. */
export type Doubts = 'names' | 'words' | 'rare';

/** Whether the constant with this hash is rare among the group's templates. */
export type Rarity = (hash: number) => boolean;

/**
 * The pieces with everything that could be a value taken as one, neighbours joined: names by their spelling, quoted
 * text, and, where words are doubted too, what stands behind `=`. Lines of one statement whose fields all vary at once
 * share a skeleton although no two of them differ in a single place; so do lines with free words in several places once
 * the words that are rare in the group are doubted. Null when nothing is in doubt or apart.
 */
export function makeSkeleton(pieces: Pieces, doubts: Doubts, isRare: Rarity = never): Skeleton | null {
  const { hashes, kinds } = pieces;
  const skeleton: Skeleton = { hashes: [], from: [], to: [], numbered: 0, names: 0, weak: 0, words: 0, rare: 0 };
  const quotes = doubts === 'words' && pieces.glue.some(hasQuote);
  let constants = 0;
  let open = false;
  for (let i = 0; i < kinds.length; i++) {
    const doubt: Doubt | null = kinds[i]! < VAR ? measureDoubt(pieces, i, doubts, open && pieces.glue[i] === ':', quotes, isRare) : null;
    const value: boolean = doubt !== null || kinds[i]! >= VAR;
    if (doubt !== null) skeleton[doubt]++;
    else if (kinds[i]! <= CONST) constants++;
    if (value && open) skeleton.to[skeleton.to.length - 1] = i;
    else {
      skeleton.hashes.push(value ? VALUE : hashes[i]!);
      skeleton.from.push(i);
      skeleton.to.push(i);
    }
    open = value;
  }
  const doubted = skeleton.numbered + skeleton.names + skeleton.weak + skeleton.words + skeleton.rare;
  return constants > 0 && (doubted > 0 || skeleton.hashes.length < hashes.length) ? skeleton : null;
}

type Doubt = 'numbered' | 'names' | 'weak' | 'words' | 'rare';

const never: Rarity = () => false;

function measureDoubt(pieces: Pieces, i: number, doubts: Doubts, behindColon: boolean, quotes: boolean, isRare: Rarity): Doubt | null {
  const { hashes, kinds, texts, glue } = pieces;
  if (doubts === 'rare' && kinds[i] === CONST && isRare(hashes[i]!)) return 'rare';
  // A resource is known by its path, however it is spelled.
  if (inPath(glue, i)) return null;
  // A key is what tells fields apart; it is never in doubt, and neither is what the user keeps apart.
  if (kinds[i]! < CONST || glue[i + 1]!.startsWith('=')) return null;
  if (kinds[i] === SOFT) return 'numbered';
  // `com.example.app:push`: a name goes on behind its colon.
  if (nameLike(texts[i]!) || (behindColon && nameLike(texts[i - 1]!))) return 'names';
  if (hexLike(texts[i]!) || isHostWithPort(pieces, i) || isNumberedConstant(pieces, i)) return 'weak';
  // `state=active` and `state=inactive` are two things, whatever else varies.
  if (doubts !== 'words' || isOutcome(texts[i]!)) return null;
  return behindColon || glue[i]!.trimEnd().endsWith('=') || (quotes && quotedValue(glue, i)) ? 'words' : null;
}

/** `localhost:8080` alone: in a row of such pairs the word would be a key. */
function isHostWithPort(pieces: Pieces, i: number): boolean {
  return isPair(pieces, i) && !isPair(pieces, i - 2) && !isPair(pieces, i + 2);
}

/** `LOCAL(0)`, `SIGTERM(15)`: the name of a constant with its number. */
function isNumberedConstant({ kinds, texts, glue }: Pieces, i: number): boolean {
  return kinds[i + 1] === VAR && glue[i + 1] === '(' && glue[i + 2]!.startsWith(')') && glue[i]!.endsWith(' ') && allCapitals(texts[i]!);
}

function isPair({ kinds, texts, glue }: Pieces, i: number): boolean {
  if (i < 0 || kinds[i] !== CONST || kinds[i + 1] !== VAR || glue[i + 1] !== ':') return false;
  const before = glue[i]!.at(-1);
  const port = Number(texts[i + 1]);
  return (before === undefined || before === ' ' || before === '/') && port >= 10 && port <= 65535;
}

/** Whether a field or a quotation may begin in what stands between two tokens. */
export const holdsFields = (glue: string): boolean => glue.includes('=') || glue === ':' || hasQuote(glue);

const hasQuote = (glue: string): boolean => glue.includes('"') || glue.includes("'");

/** Whether token `i` stands in quotes that open behind `=`, or in quotes that hold no space. */
function quotedValue(glue: readonly string[], i: number): boolean {
  for (let k = i; k >= 0 && i - k < LONGEST_QUOTE; k--) {
    const before = glue[k]!;
    const quote = before.at(-1);
    if (quote === '"' || quote === "'") return closes(glue, k, quote, before.at(-2) === '=');
    if (hasQuote(before) || before.includes(',')) return false;
  }
  return false;
}

function closes(glue: readonly string[], from: number, quote: string, mayHoldSpace: boolean): boolean {
  for (let k = from + 1; k < glue.length && k - from <= LONGEST_QUOTE; k++) {
    const text = glue[k]!;
    if (text.startsWith(quote)) return true;
    if (text.includes(' ') && !mayHoldSpace) return false;
  }
  return false;
}
