import type { Level } from '../event.ts';

/** Bits a level is worth by itself. */
const levelBits: Record<Level, number> = { TRACE: 0, DEBUG: 0, INFO: 0, WARN: 3, ERROR: 6, FATAL: 8 };
/** Bits of the gravest word. */
const wordBits: Record<string, number> = Object.assign(Object.create(null) as Record<string, number>, {
  panic: 3,
  fatal: 3,
  corrupt: 3,
  corrupted: 3,
  corruption: 3,
  segfault: 3,
  oom: 3,
  deadlock: 3,
  fail: 2,
  failed: 2,
  failure: 2,
  failures: 2,
  failing: 2,
  error: 2,
  errors: 2,
  exception: 2,
  crash: 2,
  crashed: 2,
  abort: 2,
  aborted: 2,
  unreachable: 2,
  lost: 2,
  denied: 2,
  unauthorized: 2,
  exhausted: 2,
  broken: 2,
  killed: 2,
  invalid: 1,
  timeout: 1,
  timed: 1,
  refused: 1,
  rejected: 1,
  warning: 1,
  unable: 1,
  cannot: 1,
  missing: 1,
  retry: 1,
  unexpected: 1,
  slow: 1,
  degraded: 1,
  interrupted: 1,
  unavailable: 1,
  dropped: 1,
  overflow: 1,
  expired: 1,
});
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
    for (const part of partsOf(word)) {
      const bits = wordBits[part.toLowerCase()] ?? 0;
      if (bits > (best?.bits ?? 0)) best = { word: part, bits };
    }
  }
  return best;
}

/** `IOException` holds `Exception`: a compound is read whole and by its capitals. */
function partsOf(word: string): string[] {
  if (!compound.test(word)) return [word];
  const parts = word.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return parts.length > 1 ? [word, ...parts] : [word];
}

/**
 * Bits of severity: the level, the gravest word, and, for WARN and above, how rare such a level is in this group:
 * in a stream where every line is an ERROR, ERROR says little.
 * @param asGrave events of this level or above so far; `events` all events so far
 */
export function severityOf(
  level: Level | null,
  word: { word: string; bits: number } | null,
  asGrave: number,
  events: number,
): Severity {
  const base = level === null ? 0 : levelBits[level];
  const grave = base > 0 && events > 0;
  const share = grave ? asGrave / events : null;
  const rarity = grave ? Math.min(MOST_RARITY, Math.max(0, -Math.log2((asGrave + 0.5) / (events + 1)) - CHANCE)) : 0;
  return { bits: base + (word?.bits ?? 0) + rarity, word: word?.word ?? null, share };
}
