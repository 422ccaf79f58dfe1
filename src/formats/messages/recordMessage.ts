import type { JsonObject } from '../../event.ts';
import { digest } from '../../base/digest.ts';
import { alertMetadata } from './alertMetadata.ts';
import { envelopeTops, openEnvelope } from './openEnvelope.ts';
import { messageTops, readMessage } from './readMessage.ts';

/** Every record in JSON is asked: most have none of these fields. */
const tops = new Set<string>([...messageTops, ...envelopeTops]);

function mayBeMessage(record: JsonObject): boolean {
  for (const key in record) if (tops.has(key)) return true;
  return false;
}

/** What a record is whose object is a message: the parts of an event, time NaN where it names none. */
export interface RecordedMessage {
  time: number;
  text: string;
  metadata: JsonObject;
  source: string;
  group: string;
}

/**
 * Reads an object in a log as the notification that it is: an alarm or an event of a service that was kept in a file or an
 * object, or came through a queue, as it is or in one envelope. null for any other object.
 */
export function recordMessage(record: JsonObject): RecordedMessage | null {
  if (!mayBeMessage(record)) return null;
  const inside = openEnvelope(record);
  if (inside !== null && inside.length !== 1) return null;
  const details = inside === null ? record : inside[0]!;
  const message = readMessage(details);
  if (message === null) return null;
  return {
    time: message.time ?? Number.NaN,
    text: message.text,
    metadata: { ...alertMetadata(message, digest(`${message.sender}\0${message.fingerprint}`)), details },
    source: message.sender,
    group: `${message.sender}:${message.group ?? 'alerts'}`,
  };
}
