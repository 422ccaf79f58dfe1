import { gunzipSync } from 'node:zlib';
import type { Json } from '../../../event.ts';
import { isObject } from '../../../base/isObject.ts';

import { parseJson, type Shipped } from './protocol.ts';

/** Unpacked, one delivery may be so large: bytes. CloudWatch sends at most 6 MB. */
const maxOutputLength = 64 << 20;

/** What a subscription filter of CloudWatch Logs delivers, plain or gzip; null for other bytes. */
export const readSubscription = (bytes: Buffer): Shipped[] | null => readLogEvents(parsed(unpack(bytes)));

/** The lines of such a delivery, unpacked; null for other JSON. */
export function readLogEvents(json: Json): Shipped[] | null {
  if (!isObject(json) || typeof json.logGroup !== 'string' || !Array.isArray(json.logEvents)) return null;
  if (json.messageType === 'CONTROL_MESSAGE') return [];
  const { logGroup, logStream = null, owner = null } = json;
  return json.logEvents.filter(isObject).map(({ id = null, timestamp, message }) => ({
    line: typeof message === 'string' ? message.replace(/\r?\n$/, '') : JSON.stringify(message ?? null),
    time: typeof timestamp === 'number' ? timestamp : null,
    group: logGroup,
    ...(typeof id === 'string' && { id }),
    fields: { log_group: logGroup, log_stream: logStream, account: owner },
  }));
}

function parsed(bytes: Buffer | null): Json {
  if (bytes?.[0] !== 0x7b) return null;
  try {
    return parseJson(bytes);
  } catch {
    return null;
  }
}

/** Bytes as they are, or what is packed in them with gzip; null where that is damaged or too large. */
export function unpack(bytes: Buffer): Buffer | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength });
  } catch {
    return null;
  }
}
