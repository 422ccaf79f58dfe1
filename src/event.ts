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

const spellings: Record<string, Level> = {
  trace: 'TRACE',
  finest: 'TRACE',
  finer: 'TRACE',
  verbose: 'TRACE',
  t: 'TRACE',
  debug: 'DEBUG',
  fine: 'DEBUG',
  dbg: 'DEBUG',
  config: 'DEBUG',
  d: 'DEBUG',
  '7': 'DEBUG',
  info: 'INFO',
  information: 'INFO',
  informational: 'INFO',
  notice: 'INFO',
  log: 'INFO',
  i: 'INFO',
  '6': 'INFO',
  '5': 'INFO',
  warn: 'WARN',
  warning: 'WARN',
  w: 'WARN',
  '4': 'WARN',
  error: 'ERROR',
  err: 'ERROR',
  severe: 'ERROR',
  failure: 'ERROR',
  e: 'ERROR',
  '3': 'ERROR',
  fatal: 'FATAL',
  critical: 'FATAL',
  crit: 'FATAL',
  emerg: 'FATAL',
  emergency: 'FATAL',
  alert: 'FATAL',
  panic: 'FATAL',
  f: 'FATAL',
  c: 'FATAL',
  '2': 'FATAL',
  '1': 'FATAL',
  '0': 'FATAL',
};

const levelBySpelling = new Map([...levels.map((level): [string, Level] => [level, level]), ...Object.entries(spellings)]);

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
