import { toIso, type JsonObject } from '../../event.ts';
import type { Message } from './message.ts';
import { shortHash } from '../../base/shortHash.ts';

/** Names one alert of a sender, the same from its begin to its end. */
export const makeFingerprint = ({ sender, fingerprint }: Message): string => shortHash([sender, fingerprint]);

/** What a message says of level and alert, under the names that rules know. */
export function messageMetadata(message: Message): JsonObject {
  const { sender, level, status, alert, began, time, link, labels } = message;
  const metadata: JsonObject = { level, alert, sender };
  if (status !== null) Object.assign(metadata, { status, fingerprint: makeFingerprint(message) });
  if (began !== null) metadata.starts_at = toIso(began);
  if (status === 'resolved' && time !== null) metadata.ends_at = toIso(time);
  if (link !== null) metadata.link = link;
  if (Object.keys(labels).length > 0) metadata.labels = labels;
  return metadata;
}
