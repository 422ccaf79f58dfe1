import type { Json, JsonObject, Level } from '../../event.ts';

/**
 * What the numbers of a stream's level mean: syslog's severities (0 gravest), counts that rise with trouble (0 debug .. 4
 * fatal), tens (pino, bunyan, Python) or the thousands of logback.
 */
export type LevelScale = 'syslog' | 'rising' | 'tens' | 'thousands' | 'windows';

const syslog: readonly Level[] = ['FATAL', 'FATAL', 'FATAL', 'ERROR', 'WARN', 'INFO', 'INFO', 'DEBUG'];
const rising: readonly Level[] = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
/** Levels of Windows events: 0 always, 1 critical .. 5 verbose. */
const windows: readonly Level[] = ['INFO', 'FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG'];
const steps: readonly Level[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** The level of a number in a scale; null where the scale has none for it. */
export function levelOnScale(value: number, scale: LevelScale): Level | null {
  if (scale === 'syslog') return syslog[value] ?? null;
  if (scale === 'windows') return windows[value] ?? null;
  if (scale === 'rising') return rising[value] ?? null;
  const step = value / (scale === 'tens' ? 10 : 10_000);
  // Python counts its levels from DEBUG = 10 as pino does from TRACE = 10: the words of both differ by one step only at 10.
  return scale === 'tens' ? (steps[Math.floor(step) - 1] ?? null) : (steps[Math.floor(step)] ?? null);
}

const isGrave = (level: Level | null) => level === 'ERROR' || level === 'FATAL';

/** The scale that numbers seen at the level of a stream fit; of two that fit, the one by which fewer records are errors. */
export function settleScale(values: readonly number[]): LevelScale | null {
  if (values.length === 0 || !values.every((value) => Number.isInteger(value) && value >= 0)) return null;
  const most = Math.max(...values);
  if (most >= 5000) return values.every((value) => value % 1000 === 0 && value <= 60_000) ? 'thousands' : null;
  if (most >= 10) return most <= 69 && values.every((value) => value >= 5 && value % 5 === 0) ? 'tens' : null;
  if (most > 7) return null;
  if (most > 4) return 'syslog';
  const grave = (scale: LevelScale) => values.filter((value) => isGrave(levelOnScale(value, scale))).length;
  return grave('rising') < grave('syslog') ? 'rising' : 'syslog';
}

/** Keys that only senders of syslog give: then a number is one of its severities. */
const syslogKeys = ['PRIORITY', 'short_message', 'SYSLOG_IDENTIFIER', 'syslog_severity', 'facility'];
export const isSyslogRecord = (record: JsonObject): boolean => syslogKeys.some((key) => Object.hasOwn(record, key));

/** Keys of Windows events and of what Azure made after them. */
const windowsKeys = ['EventID', 'EventRecordID', 'EventId', 'resourceId'];
export const isWindowsRecord = (record: JsonObject): boolean => windowsKeys.some((key) => Object.hasOwn(record, key));

/** A level as a number, written as one or in digits; NaN when it is none. */
export function levelNumber(value: Json | undefined): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
}

/** The level of OpenTelemetry's severity number, 1 to 24 in steps of four (opentelemetry.io/docs/specs/otel/logs/data-model). */
export function levelOfOtel(value: Json | undefined): Level | null {
  const number = levelNumber(value);
  return number >= 1 && number <= 24 ? steps[Math.floor((number - 1) / 4)]! : null;
}
