import type { Level } from '../../event.ts';

/** Bits a level is worth by itself. */
const levelBits: Record<Level, number> = { TRACE: 0, DEBUG: 0, INFO: 0, WARN: 3, ERROR: 6, FATAL: 8 };
/** Bits of the gravest word. */
const wordBits = new Map<string, number>();
for (const [bits, words] of [
  [3, 'panic fatal corrupt corrupted corruption segfault oom deadlock'],
  [2, 'fail failed failure failures failing error errors exception crash crashed abort aborted unreachable lost'],
  [2, 'denied unauthorized exhausted broken killed'],
  [1, 'invalid timeout timed refused rejected warning unable cannot missing retry unexpected slow degraded'],
  [1, 'interrupted unavailable dropped overflow expired'],
] as const) {
  for (const word of words.split(' ')) wordBits.set(word, bits);
}
/** A capital behind a small letter, or before one within the word. */
const compound = /[a-z][A-Z]|[A-Z][A-Z][a-z]/;
/** Most bits for a level that the group hardly ever shows. */
const MOST_RARITY = 5;
const CHANCE = 3;

export interface Severity {
  bits: number;
  /** The word that counted, as written in the text; null when none did. */
  word: string | null;
  /** Share of the group's events, before this window, that were as grave; null when not known or not grave. */
  share: number | null;
}

/** The gravest word of a text, the first of equals, with its bits. */
export function gravestWord(text: string): { word: string; bits: number } | null {
  let best: { word: string; bits: number } | null = null;
  for (const word of text.match(/[A-Za-z]+/g) ?? []) {
    for (const part of splitParts(word)) {
      const bits = wordBits.get(part.toLowerCase()) ?? 0;
      if (bits > (best?.bits ?? 0)) best = { word: part, bits };
    }
  }
  return best;
}

/** `IOException` holds `Exception`: a compound is read whole and by its capitals. */
function splitParts(word: string): string[] {
  if (!compound.test(word)) return [word];
  const parts = word.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return parts.length > 1 ? [word, ...parts] : [word];
}

/**
 * Bits of severity: the level, the gravest word, and, for WARN and above, how rare such a level is in this group:
 * in a stream where every line is an ERROR, ERROR says little.
 * @param asGrave events of this level or above so far; `events` all events so far
 */
export function scoreSeverity(level: Level | null, word: { word: string; bits: number } | null, asGrave: number, events: number): Severity {
  const base = level === null ? 0 : levelBits[level];
  const grave = base > 0 && events > 0;
  const share = grave ? asGrave / events : null;
  const rarity = grave ? Math.min(MOST_RARITY, Math.max(0, -Math.log2((asGrave + 0.5) / (events + 1)) - CHANCE)) : 0;
  return { bits: base + (word?.bits ?? 0) + rarity, word: word?.word ?? null, share };
}
