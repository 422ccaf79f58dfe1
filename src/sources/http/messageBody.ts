import { toIso, type Json } from '../../event.ts';
import type { Message } from '../../formats/messages/message.ts';
import { readMessage } from '../../formats/messages/readMessage.ts';
import type { EventSignal, Signal } from '../../signal.ts';
import { makeFingerprint, messageMetadata } from '../messageMetadata.ts';
import { shortHash } from '../shortHash.ts';
import { alertGroupRecords } from './alertmanager.ts';
import { arrivalTime, type Decode, type DecodeContext } from './decode.ts';

/**
 * The records of a notification of a known sender: one alert, or all of a group. null for JSON of other shapes. With
 * `sender` only messages of that one are taken.
 */
export function messageRecords(json: Json, context: DecodeContext, sender?: string): EventSignal[] | null {
  const group = sender === undefined || sender === 'grafana' ? alertGroupRecords(json, context) : null;
  if (group) return group;
  const message = readMessage(json, sender);
  if (!message) return null;
  if (message.status !== 'resolved' || context.options.resolved === 'keep') return [toRecord(message, json, context)];
  context.uncounted('filtered', 1);
  return [];
}

/** Decodes the webhook of one sender, or with `alerts` of any that is known; a list of them too. */
export const messageBody = (format: string): Decode => {
  const sender = format === 'alerts' ? undefined : format;
  return async (body, context) => {
    const json = JSON.parse(body.toString('utf8')) as Json;
    const group = messageRecords(json, context, sender);
    if (group) return { records: group };
    const records: Signal[] = [];
    for (const one of Array.isArray(json) ? json : [json]) {
      const found = messageRecords(one, context, sender);
      if (!found)
        return {
          refuse: `not a message of ${sender ?? 'a sender of alerts that is known'}: say with format: json and fields what stands where`,
        };
      records.push(...found);
    }
    return { records };
  };
};

/**
 * One record a message. However often its sender repeats it, it has one id, made of the alert, when it began and how it
 * stands; a message that names no time is one of its own.
 */
function toRecord(message: Message, json: Json, { options, now, request }: DecodeContext): EventSignal {
  const { sender, text, status, group, time } = message;
  const at = arrivalTime(time ?? Number.NaN, now, options.allowedLateness);
  const when = time === null ? request : shortHash([toIso(time)], 8);
  const event = {
    id: `${sender}-${makeFingerprint(message)}-${when}-${(status ?? 'event').replace(' ', '-')}`,
    timestamp: toIso(at),
    source: sender,
    group_id: `${sender}:${group ?? 'alerts'}`,
    text,
    metadata: { ...messageMetadata(message), details: json },
  };
  return { kind: 'event', time: at, key: '', event };
}
