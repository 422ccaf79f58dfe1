import { parseLevel, levels, type Json, type Level } from '../../event.ts';

const ranks = new Map<unknown, number>(levels.map((level, i) => [level, i]));

/** Index in `levels` of a written level, however it is spelled; -1 when it is none. */
export function rankLevel(level: Json | undefined): number {
  const known = ranks.get(level);
  if (known !== undefined || level === undefined) return known ?? -1;
  return ranks.get(parseLevel(level)) ?? -1;
}

export function levelAt(rank: number): Level | null {
  return levels[rank] ?? null;
}
