import { CONST, SOFT, VAR } from '../shape.ts';
import { VALUE } from '../scanner.ts';
import { nameLike } from './evidence.ts';
import type { Alignment } from './template.ts';

/** What of a template says where its values could be. */
export interface Pieces {
  hashes: readonly number[];
  kinds: readonly number[];
  texts: readonly string[];
  glue: readonly string[];
}

export interface Skeleton extends Alignment {
  hashes: number[];
  /** What was taken as a value although its shape is none: names with a number, other names, words in a field. */
  numbered: number;
  names: number;
  words: number;
}

/**
 * The pieces with everything that could be a value taken as one, neighbours joined: names by their spelling, what
 * stands behind `=`, and quoted text. Lines of one statement whose fields all vary at once share a skeleton although
 * no two of them differ in a single place. Null when nothing is in doubt.
 */
export function skeletonOf(pieces: Pieces): Skeleton | null {
  const { hashes, kinds } = pieces;
  const skeleton: Skeleton = { hashes: [], from: [], to: [], numbered: 0, names: 0, words: 0 };
  let constants = 0;
  let open = false;
  for (let i = 0; i < kinds.length; i++) {
    const doubt = kinds[i]! < VAR ? doubtOf(pieces, i) : null;
    const value = doubt !== null || kinds[i]! >= VAR;
    if (doubt !== null) skeleton[doubt]++;
    else if (kinds[i] === CONST) constants++;
    if (value && open) skeleton.to[skeleton.to.length - 1] = i;
    else {
      skeleton.hashes.push(value ? VALUE : hashes[i]!);
      skeleton.from.push(i);
      skeleton.to.push(i);
    }
    open = value;
  }
  return skeleton.numbered + skeleton.names + skeleton.words > 0 && constants > 0 ? skeleton : null;
}

function doubtOf({ kinds, texts, glue }: Pieces, i: number): 'numbered' | 'names' | 'words' | null {
  // A key is what tells fields apart; it is never in doubt.
  if (glue[i + 1]!.startsWith('=')) return null;
  if (kinds[i] === SOFT) return 'numbered';
  if (nameLike(texts[i]!)) return 'names';
  return glue[i]!.trimEnd().endsWith('=') || quoted(glue, i) ? 'words' : null;
}

/** Inside quotes that open behind `=`, or quoted whole without a space. */
function quoted(glue: readonly string[], i: number): boolean {
  for (let k = i; k >= 0 && i - k < 8; k--) {
    const before = glue[k]!;
    const quote = before[before.length - 1];
    if (quote === '"' || quote === "'") return before.length > 1 && before[before.length - 2] === '=' ? true : k === i && glue[i + 1]![0] === quote;
    if (before.includes('"') || before.includes("'") || before.includes(',')) return false;
  }
  return false;
}
