/** Anything JSON can hold. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** The canonical record (design 1). `timestamp` is ISO 8601 in UTC; everything else a source knew is `metadata`. */
export interface Event {
  id: string;
  timestamp: string;
  source: string;
  group_id: string;
  text: string;
  metadata: JsonObject;
}

/** Levels in rising order of trouble; every spelling met in the wild is mapped onto these by `levelOf`. */
export const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type Level = (typeof levels)[number];

/** Words and syslog priorities by the level they stand for. */
const spellings: Readonly<Record<Level, string>> = {
  TRACE: 'trace finest finer verbose t',
  DEBUG: 'debug fine dbg config d 7',
  INFO: 'info information informational notice log i 6 5',
  WARN: 'warn warning w 4',
  ERROR: 'error err severe failure e 3',
  FATAL: 'fatal critical crit emerg emergency alert panic f c 2 1 0',
};

const levelBySpelling = new Map(
  levels.flatMap((level) => [level, ...spellings[level].split(' ')].map((word): [string, Level] => [word, level])),
);

/**
 * The level a word (or a syslog priority 0 to 7) stands for, or null when it is none.
 * Source of the numbers: RFC 5424, table 2.
 */
export function levelOf(word: unknown): Level | null {
  if (typeof word === 'number') return levelBySpelling.get(String(word)) ?? null;
  if (typeof word !== 'string' || word.length > 16) return null;
  return levelBySpelling.get(word) ?? levelBySpelling.get(word.toLowerCase()) ?? null;
}

/** Milliseconds since 1970 as canonical ISO 8601 UTC with milliseconds. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
