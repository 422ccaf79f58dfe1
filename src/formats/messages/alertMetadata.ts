import { toIso, type JsonObject } from '../../event.ts';
import type { Message } from './message.ts';

/** What a message says of level and alert, under the names that rules know; `fingerprint` names one alert of a sender. */
export function alertMetadata(message: Message, fingerprint: string): JsonObject {
  const { sender, level, status, alert, began, time, link, labels } = message;
  const metadata: JsonObject = { level, alert, sender };
  if (status !== null) Object.assign(metadata, { status, fingerprint });
  if (began !== null) metadata.starts_at = toIso(began);
  if (status === 'resolved' && time !== null) metadata.ends_at = toIso(time);
  if (link !== null) metadata.link = link;
  if (Object.keys(labels).length > 0) metadata.labels = labels;
  return metadata;
}
