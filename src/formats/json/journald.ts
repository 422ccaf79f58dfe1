import { z } from 'zod';
import type { Json, JsonObject } from '../../event.ts';
import { defineFormat, type Draft, type Place } from '../format.ts';
import { JsonLinesParser } from './jsonLines.ts';
import type { PickedFields } from './jsonRecord.ts';
import { maxLineBytes } from '../bytes/limits.ts';
import { setOwn } from './setOwn.ts';
import { decode } from '../bytes/utf8.ts';

const options = z.strictObject({ maxLineBytes });

/** Names of syslog priorities 0 to 7 (RFC 5424, table 2). */
const priorities = ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug'];

/** Fields that get a plain name; the journal's own bookkeeping is left out. */
const renamed: Record<string, string> = { _HOSTNAME: 'host', _PID: 'pid', SYSLOG_IDENTIFIER: 'program', _SYSTEMD_UNIT: 'unit' };
const bookkeeping = new Set([
  'MESSAGE',
  'PRIORITY',
  '__REALTIME_TIMESTAMP',
  '__MONOTONIC_TIMESTAMP',
  '__CURSOR',
  '_SOURCE_MONOTONIC_TIMESTAMP',
  '_BOOT_ID',
  '__SEQNUM',
  '__SEQNUM_ID',
]);

/** A field is text, an array of bytes where it is no UTF-8, an array of those when it is there twice, or null when it is too long. */
function fieldText(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  if (value.every((byte) => typeof byte === 'number')) return decode(Uint8Array.from(value as number[]));
  return value.map((part) => fieldText(part)).join('\n');
}

/** A record's microseconds since 1970, as milliseconds: when the sender saw it, else when the journal did. */
function journalTime(record: JsonObject): number {
  const micros = fieldText(record._SOURCE_REALTIME_TIMESTAMP) || fieldText(record.__REALTIME_TIMESTAMP);
  return /^\d{1,18}$/.test(micros) ? Math.floor(Number(micros) / 1000) : Number.NaN;
}

function journalFields(record: JsonObject): JsonObject {
  const metadata: JsonObject = {};
  const level = priorities[Number(fieldText(record.PRIORITY) || Number.NaN)];
  if (level !== undefined) metadata.level = level;
  for (const key of Object.keys(record)) {
    if (bookkeeping.has(key)) continue;
    const value = fieldText(record[key]);
    if (value !== '') setOwn(metadata, Object.hasOwn(renamed, key) ? renamed[key]! : key, value);
  }
  if (record.MESSAGE === null) metadata.message_too_long = true;
  if (Array.isArray(record.MESSAGE)) metadata.message_bytes = true;
  return metadata;
}

function makeDraft(record: JsonObject, raw: string, place: Place, invalid: boolean): Draft | string {
  const time = journalTime(record);
  if (Number.isNaN(time)) return '__REALTIME_TIMESTAMP is missing or no number of microseconds';
  const metadata = journalFields(record);
  if (invalid) metadata.invalid_utf8 = true;
  const logicalId = fieldText(record._SYSTEMD_UNIT) || fieldText(record.SYSLOG_IDENTIFIER);
  return { kind: 'draft', time, text: fieldText(record.MESSAGE), metadata, raw, ...place, ...(logicalId !== '' && { logicalId }) };
}

/** The parts of a record of the journal by what they stand for; null when it is none. */
export function liftJournal(record: JsonObject): PickedFields | null {
  if (!Object.hasOwn(record, 'MESSAGE')) return null;
  if (!Object.hasOwn(record, '__REALTIME_TIMESTAMP') && !Object.hasOwn(record, '_SYSTEMD_UNIT') && !Object.hasOwn(record, '_BOOT_ID'))
    return null;
  const time = journalTime(record);
  const metadata = journalFields(record);
  const unit = fieldText(record._SYSTEMD_UNIT) || fieldText(record.SYSLOG_IDENTIFIER);
  return {
    roles: { text: fieldText(record.MESSAGE), ...(unit !== '' && { component: unit }) },
    times: Number.isNaN(time) ? [] : [time],
    metadata,
    isService: true,
  };
}

/** What `journalctl -o json` prints. */
export const journald = defineFormat({
  name: 'journald',
  summary: 'the output of journalctl -o json',
  options,
  create: ({ maxLineBytes: max }, context, from) => new JsonLinesParser(max, { draft: makeDraft, save: () => null }, context, from),
});
