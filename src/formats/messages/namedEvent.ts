import { parseLevel, type Json, type JsonObject, type Level } from '../../event.ts';
import { readSeverity } from './alertWords.ts';
import { getOwn } from '../json/getOwn.ts';
import { isObject } from '../../base/isObject.ts';
import { parseObject } from '../json/parseObject.ts';
import { readText, type Message } from './message.ts';
import { readMessageTime } from './messageTime.ts';
import { readOutcome } from './outcome.ts';

/** Fields of which every such event has one. */
export const namedEventTops = ['detail-type', 'specversion', 'data'] as const;
/** Fields that hold how something stands, in what an event tells of. */
const outcomeNames = ['status', 'state', 'build-status', 'result', 'conclusion', 'outcome', 'eventType', 'event'];
/** Fields that hold a sentence, most telling first. */
const sentenceNames = [
  'errorMessage', 'error_message', 'error', 'message', 'msg', 'StatusMessage', 'Message', 'reason', 'cause', 'description', 'title', 'detail',
]; // prettier-ignore

/** The sentence in a JSON object that says what happened; null when none of the usual fields is there. */
export function findSentence(json: JsonObject): string | null {
  const type = ['errorType', 'exception', 'type', 'code'].map((name) => getOwn(json, name)).find((value) => typeof value === 'string');
  for (const name of sentenceNames) {
    const value = getOwn(json, name);
    if (typeof value === 'string' && value !== '')
      return name.startsWith('error') && typeof type === 'string' ? `${type}: ${value}` : value;
    if (isObject(value)) {
      const nested = findSentence(value);
      if (nested !== null) return nested;
    }
  }
  return null;
}

/**
 * An event that names its type and carries what it tells of beside it: EventBridge (`detail-type`, `detail`), CloudEvents 1.0
 * (`specversion`, `type`, `data`) and what is like them (`type`, `data`, `created`). Its sentence is the type, how it came
 * out and what the rest says; null for JSON of other shapes.
 */
export function readNamedEvent(json: JsonObject): Message | null {
  const bridge = typeof getOwn(json, 'detail-type') === 'string';
  const type = readText(bridge ? getOwn(json, 'detail-type') : (getOwn(json, 'type') ?? getOwn(json, 'eventType')));
  const time = readMessageTime(['time', 'created', 'timestamp', 'eventTime'].map((name) => getOwn(json, name)).find(Boolean));
  const id = readText(getOwn(json, 'id'));
  if (type === null || id === null) return null;
  // Of a CloudEvent only its type, source and id are certain.
  const cloud = !bridge && typeof getOwn(json, 'specversion') === 'string';
  const data = readData(getOwn(json, bridge ? 'detail' : 'data') ?? readBase64(getOwn(json, 'data_base64')), cloud);
  if (data === null || (time === null && !cloud)) return null;
  if (!bridge && !cloud && !/^[\w-]+([./][\w-]+)+$/.test(type)) return null;
  const inner = isObject(getOwn(data, 'object')) ? (getOwn(data, 'object') as JsonObject) : data;
  const outcome =
    outcomeNames.map((name) => readText(getOwn(inner, name))).find((word) => word !== null && readOutcome(word) !== null) ?? null;
  const subject = readText(getOwn(json, 'subject'));
  const sentence = findSentence(inner);
  const head = [type, subject].filter(Boolean).join(' ');
  return {
    sender: bridge ? 'eventbridge' : 'event',
    text: [outcome === null ? head : `${head}, ${outcome}`, sentence].filter(Boolean).join(': '),
    level: (outcome === null ? null : readOutcome(outcome)) ?? readLevel(inner) ?? readOutcome(type) ?? readWarning(type) ?? 'INFO',
    status: null,
    alert: type,
    fingerprint: id,
    began: time,
    time,
    group: readText(getOwn(json, 'source')) ?? readText(getOwn(json, 'topic')) ?? type.split(/[./]/)[0]!,
    link: null,
    labels: {},
  };
}

/** What an event tells of, as an object; null for what can be none. */
function readData(data: Json | undefined, cloud: boolean): JsonObject | null {
  if (isObject(data)) return data;
  if (!cloud) return null;
  return typeof data === 'string' ? { message: data } : {};
}

/** What a CloudEvent carries as bytes: JSON, or a text. */
function readBase64(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return undefined;
  const text = Buffer.from(value, 'base64').toString('utf8');
  return parseObject(text) ?? text;
}

/** How bad it is where what is told of says so, as a record of a log does. */
function readLevel(inner: JsonObject): Level | null {
  for (const name of ['level', 'severity']) {
    const level = readSeverity(getOwn(inner, name));
    if (level !== null) return level;
  }
  return null;
}

/** `EC2 Spot Instance Interruption Warning` */
function readWarning(type: string): Level | null {
  const level = parseLevel(type.split(/[\s./_-]/).at(-1)!);
  return level !== null && ['WARN', 'ERROR', 'FATAL'].includes(level) ? level : null;
}
