import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { toIso, type JsonObject } from '../../event.ts';
import type { EventSignal } from '../../signal.ts';
import { shortHash } from '../shortHash.ts';
import { fillGroupId } from './groupIds.ts';
import { lift } from './lift.ts';
import { idHash } from './tail.ts';

/** A log group with what its events are named by. */
export interface NamedGroup {
  logGroup: string;
  account: string | null;
  region: string;
  /** Group id, or a template of one when it depends on the log stream. */
  groupId: string;
}

/** An event that was read, and what the tail remembers of it. */
export interface ReadEvent {
  hash: string;
  signal: EventSignal;
}

/** Turns CloudWatch's event into ours. An event without id or time, which the API does not produce, gets them from its content. */
export function readEvent(
  { eventId, timestamp = 0, message = '', logStreamName = '', ingestionTime }: FilteredLogEvent,
  group: NamedGroup,
): ReadEvent {
  const { logGroup, account, region } = group;
  const awsId = eventId ?? shortHash([logStreamName, String(timestamp), message]);
  const { text, level, requestId, fields } = lift(message);
  const metadata: JsonObject = { log_group: logGroup, log_stream: logStreamName, region };
  if (account !== null) metadata.account = account;
  if (ingestionTime !== undefined) metadata.ingested = toIso(ingestionTime);
  if (level !== null) metadata.level = level;
  if (requestId !== null) metadata.request_id = requestId;
  if (fields !== null && Object.keys(fields).length > 0) metadata.fields = fields;
  const groupId = fillGroupId(group.groupId, { source: 'cloudwatch', log_group: logGroup, log_stream: logStreamName, account, region });
  // CloudWatch's ids rise with time, so the order of ids is the order of the log.
  const id = `cw-${shortHash([account ?? '', region, logGroup], 10)}-${awsId.replace(/[^\w-]/g, '_').padStart(56, '0')}`;
  const event = { id, timestamp: toIso(timestamp), source: 'cloudwatch', group_id: groupId, text, metadata };
  return { hash: idHash(awsId), signal: { kind: 'event', time: timestamp, key: '', event } };
}

/** The source's order: time, then id. */
export const bySourceOrder = (a: ReadEvent, b: ReadEvent): number => {
  if (a.signal.time !== b.signal.time) return a.signal.time - b.signal.time;
  return a.signal.event.id < b.signal.event.id ? -1 : Number(a.signal.event.id > b.signal.event.id);
};

/** Up to where events that came in order were read: at the newest of them, behind it where they are all of one time; at most `end`. */
export function behindNewest(found: Iterable<ReadEvent>, end: number): number {
  let [oldest, newest] = [end, 0];
  for (const { signal } of found) [oldest, newest] = [Math.min(oldest, signal.time), Math.max(newest, signal.time)];
  return Math.min(end, newest > oldest ? newest : newest + 1);
}
