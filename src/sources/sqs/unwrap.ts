import type { Json, JsonObject } from '../../event.ts';
import { isoTime } from '../../formats/time/isoTime.ts';

/** What a message body turned out to be. */
export interface Unwrapped {
  /** What is analysed. */
  text: string;
  /** What the envelopes said, by their kind: sns, eventbridge, lambda. */
  envelope: JsonObject;
  /** When the trouble happened, where an envelope says so; milliseconds since 1970. */
  time: number | null;
}

/** SNS in SQS may carry an EventBridge event that carries a Lambda destination record; nothing real is deeper. */
const deepest = 4;

/** Takes the envelopes of SNS, EventBridge and Lambda destinations off a body. Never throws: any text is a body. */
export function unwrap(body: string): Unwrapped {
  const envelope: JsonObject = {};
  let time: number | null = null;
  let inner: Json = body;
  for (let depth = 0; depth < deepest; depth += 1) {
    const json: Json = typeof inner === 'string' ? parsed(inner) : inner;
    if (json === null || typeof json !== 'object' || Array.isArray(json)) break;
    const layer: Layer | null = openSns(json) ?? openEventBridge(json) ?? openLambda(json);
    if (!layer) return { text: textOf(json) ?? asText(inner), envelope, time };
    envelope[layer.kind] = layer.says;
    if (layer.time !== null) time = layer.time;
    if (layer.text !== null) return { text: layer.text, envelope, time };
    inner = layer.inner;
  }
  return { text: asText(inner), envelope, time };
}

interface Layer {
  kind: 'sns' | 'eventbridge' | 'lambda';
  says: JsonObject;
  inner: Json;
  /** Set where the envelope itself says what went wrong. */
  text: string | null;
  time: number | null;
}

function openSns(json: JsonObject): Layer | null {
  if (get(json, 'Type') !== 'Notification' || typeof get(json, 'TopicArn') !== 'string') return null;
  const says = pick(json, { TopicArn: 'topic_arn', MessageId: 'message_id', Subject: 'subject', MessageAttributes: 'attributes' });
  return { kind: 'sns', says, inner: get(json, 'Message') ?? '', text: null, time: timeOf(get(json, 'Timestamp')) };
}

function openEventBridge(json: JsonObject): Layer | null {
  const detail = get(json, 'detail');
  if (typeof get(json, 'detail-type') !== 'string' || detail === undefined) return null;
  const says = pick(json, {
    'detail-type': 'detail_type',
    source: 'source',
    account: 'account',
    region: 'region',
    resources: 'resources',
    id: 'id',
  });
  const inside =
    detail !== null && typeof detail === 'object' && !Array.isArray(detail) ? (openLambda(detail) ? null : textOf(detail)) : null;
  const text = inside === null ? null : `${String(get(json, 'detail-type'))}: ${inside}`;
  return { kind: 'eventbridge', says, inner: detail, text, time: timeOf(get(json, 'time')) };
}

/** A record of a Lambda destination: what was asked and how it failed. */
function openLambda(json: JsonObject): Layer | null {
  const request = get(json, 'requestContext');
  if (request === null || typeof request !== 'object' || Array.isArray(request) || get(request, 'functionArn') === undefined) return null;
  const response = get(json, 'responsePayload');
  const says = pick(request, {
    functionArn: 'function_arn',
    requestId: 'request_id',
    condition: 'condition',
    approximateInvokeCount: 'invoke_count',
  });
  const context = get(json, 'responseContext');
  if (context !== null && typeof context === 'object' && !Array.isArray(context))
    Object.assign(says, pick(context, { functionError: 'function_error', statusCode: 'status_code' }));
  if (get(json, 'requestPayload') !== undefined) says.request = get(json, 'requestPayload')!;
  const failed = response !== null && typeof response === 'object' && !Array.isArray(response) ? textOf(response) : null;
  return { kind: 'lambda', says, inner: response ?? get(json, 'requestPayload') ?? '', text: failed, time: timeOf(get(json, 'timestamp')) };
}

/** The sentence in a JSON object that says what happened; null when none of the usual fields is there. */
function textOf(json: JsonObject): string | null {
  const type = ['errorType', 'exception', 'type', 'code'].map((name) => get(json, name)).find((value) => typeof value === 'string');
  for (const name of ['errorMessage', 'error_message', 'error', 'message', 'msg', 'reason', 'cause', 'description']) {
    const value = get(json, name);
    if (typeof value === 'string' && value !== '')
      return name.startsWith('error') && typeof type === 'string' ? `${type}: ${value}` : value;
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      const nested = textOf(value);
      if (nested !== null) return nested;
    }
  }
  return null;
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

function timeOf(value: Json | undefined): number | null {
  const time = typeof value === 'string' ? isoTime(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

const get = (json: JsonObject, name: string): Json | undefined => (Object.hasOwn(json, name) ? json[name] : undefined);

/** Some fields of an object under names of ours; those that are absent stay absent. */
function pick(json: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  const picked: JsonObject = {};
  for (const [theirs, ours] of Object.entries(names)) {
    const value = get(json, theirs);
    if (value !== undefined) picked[ours] = value;
  }
  return picked;
}
