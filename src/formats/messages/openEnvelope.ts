import { isObject } from '../../base/isObject.ts';
import type { Json, JsonObject } from '../../event.ts';
import { getOwn } from '../json/getOwn.ts';
import { parseObject } from '../json/parseObject.ts';

/** Fields of which every envelope has one. */
export const envelopeTops = ['TopicArn', 'Sns', 'eventSource', 'Records', 'subscription'] as const;

/** SNS in SQS, handed over by Lambda; nothing real is deeper. */
const deepest = 4;

/**
 * What services put into envelopes of their own to hand it on: a notification of SNS, the records of SNS and SQS as Lambda
 * gets them, a push of Pub/Sub. The objects inside, or null for JSON that is no envelope. A text that is no object stays in
 * what carried it, as its message.
 */
export function openEnvelope(json: Json, depth = 0): JsonObject[] | null {
  if (!isObject(json) || depth >= deepest) return null;
  const inside = openSns(json) ?? openRecord(json) ?? openRecords(json) ?? openPubSub(json);
  return inside?.flatMap((one) => openEnvelope(one, depth + 1) ?? [one]) ?? null;
}

/** An object in a text, or the text with what is known beside it. */
const take = (text: string, beside: JsonObject): JsonObject => parseObject(text) ?? { ...beside, message: text };

function openSns(json: JsonObject): JsonObject[] | null {
  const { Message: text, TopicArn: topic, Timestamp: timestamp, Subject: subject } = json;
  if (getOwn(json, 'Type') !== 'Notification' || typeof text !== 'string' || typeof topic !== 'string') return null;
  return [take(text, { timestamp: timestamp ?? null, topic_arn: topic, ...(typeof subject === 'string' && { subject }) })];
}

/** One of the records that Lambda is called with, for SNS or SQS. */
function openRecord(record: JsonObject): JsonObject[] | null {
  const sns = getOwn(record, 'Sns');
  if (isObject(sns)) return openSns({ Type: 'Notification', ...sns });
  const body = getOwn(record, 'body');
  if (typeof body !== 'string' || getOwn(record, 'eventSource') !== 'aws:sqs') return null;
  const { attributes } = record;
  return [take(body, { timestamp: isObject(attributes) ? (attributes.SentTimestamp ?? null) : null })];
}

function openRecords(json: JsonObject): JsonObject[] | null {
  const records = getOwn(json, 'Records');
  if (!Array.isArray(records) || records.length === 0) return null;
  const opened: JsonObject[] = [];
  for (const record of records) {
    const inside = isObject(record) ? openRecord(record) : null;
    if (inside === null) return null;
    opened.push(...inside);
  }
  return opened;
}

function openPubSub(json: JsonObject): JsonObject[] | null {
  const message = getOwn(json, 'message');
  if (!isObject(message) || typeof message.data !== 'string' || typeof getOwn(json, 'subscription') !== 'string') return null;
  const beside = { timestamp: message.publishTime ?? null, subscription: json.subscription! };
  return [take(Buffer.from(message.data, 'base64').toString('utf8'), beside)];
}
