import type { Json, JsonObject } from '../../event.ts';
import { getOwn } from '../json/getOwn.ts';
import { isObject } from '../../base/isObject.ts';
import type { Message } from './message.ts';
import { findSentence } from './namedEvent.ts';
import { readMessage } from './readMessage.ts';
import { isoTime } from '../time/isoTime.ts';

/** What a message body turned out to be. */
export interface Unwrapped {
  /** What is analysed. */
  text: string;
  /** What the envelopes held, by their kind: sns, eventbridge, lambda. */
  envelope: JsonObject;
  /** When the trouble happened, where an envelope or the message says so; milliseconds since 1970. */
  time: number | null;
  /** What is inside, where it is a notification of a sender that is known. */
  message: Message | null;
}

/** SNS in SQS may carry an EventBridge event that carries a Lambda destination record; nothing real is deeper. */
const deepest = 4;

/**
 * Takes the envelopes of SNS, EventBridge and Lambda destinations off a body, and reads what is inside. Never throws: any
 * text is a body.
 */
export function unwrap(body: string): Unwrapped {
  const envelope: JsonObject = {};
  let time: number | null = null;
  let inner: Json = body;
  for (let depth = 0; depth < deepest; depth += 1) {
    const json: Json = typeof inner === 'string' ? parsed(inner) : inner;
    if (!isObject(json)) break;
    const layer: Layer | null = openSns(json) ?? openEventBridge(json) ?? openLambda(json);
    if (layer) {
      envelope[layer.kind] = layer.fields;
      time = layer.time ?? time;
      if (layer.text !== null) return { text: layer.text, envelope, time, message: null };
    }
    const message = layer?.wraps ? null : readMessage(json);
    if (message) return { text: message.text, envelope, time: message.time ?? time, message };
    if (!layer) return { text: findSentence(json) ?? asText(inner), envelope, time, message: null };
    inner = layer.inner;
  }
  return { text: asText(inner), envelope, time, message: null };
}

interface Layer {
  kind: 'sns' | 'eventbridge' | 'lambda';
  fields: JsonObject;
  inner: Json;
  /** Whether only what is inside holds what happened. */
  wraps: boolean;
  /** Set where the envelope itself holds what went wrong. */
  text: string | null;
  time: number | null;
}

function openSns(json: JsonObject): Layer | null {
  if (getOwn(json, 'Type') !== 'Notification' || typeof getOwn(json, 'TopicArn') !== 'string') return null;
  const fields = pick(json, { TopicArn: 'topic_arn', MessageId: 'message_id', Subject: 'subject', MessageAttributes: 'attributes' });
  return {
    kind: 'sns',
    fields,
    inner: getOwn(json, 'Message') ?? '',
    wraps: true,
    text: null,
    time: parseTimeField(getOwn(json, 'Timestamp')),
  };
}

function openEventBridge(json: JsonObject): Layer | null {
  const detail = getOwn(json, 'detail');
  if (typeof getOwn(json, 'detail-type') !== 'string' || detail === undefined) return null;
  const fields = pick(json, {
    'detail-type': 'detail_type',
    source: 'source',
    account: 'account',
    region: 'region',
    resources: 'resources',
    id: 'id',
  });
  const wraps = isObject(detail) && openLambda(detail) !== null;
  return { kind: 'eventbridge', fields, inner: detail, wraps, text: null, time: parseTimeField(getOwn(json, 'time')) };
}

/** A record of a Lambda destination: what was asked and how it failed. */
function openLambda(json: JsonObject): Layer | null {
  const request = getOwn(json, 'requestContext');
  if (!isObject(request) || getOwn(request, 'functionArn') === undefined) return null;
  const response = getOwn(json, 'responsePayload');
  const fields = pick(request, {
    functionArn: 'function_arn',
    requestId: 'request_id',
    condition: 'condition',
    approximateInvokeCount: 'invoke_count',
  });
  const context = getOwn(json, 'responseContext');
  if (isObject(context)) Object.assign(fields, pick(context, { functionError: 'function_error', statusCode: 'status_code' }));
  if (getOwn(json, 'requestPayload') !== undefined) fields.request = getOwn(json, 'requestPayload')!;
  const failed = isObject(response) ? findSentence(response) : null;
  return {
    kind: 'lambda',
    fields,
    inner: response ?? getOwn(json, 'requestPayload') ?? '',
    wraps: true,
    text: failed,
    time: parseTimeField(getOwn(json, 'timestamp')),
  };
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function parsed(text: string): Json {
  const first = text.trimStart()[0];
  if (first !== '{') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function parseTimeField(value: Json | undefined): number | null {
  const time = typeof value === 'string' ? isoTime(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** Some fields of an object under names of ours; those that are absent stay absent. */
function pick(json: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  const picked: JsonObject = {};
  for (const [theirs, ours] of Object.entries(names)) {
    const value = getOwn(json, theirs);
    if (value !== undefined) picked[ours] = value;
  }
  return picked;
}
