import type { JsonObject } from '../../event.ts';
import { getOwn } from '../json/getOwn.ts';
import { isObject } from '../../base/isObject.ts';
import { readText, type Message } from './message.ts';
import { readMessageTime } from './messageTime.ts';
import { readOutcome } from './outcome.ts';

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
  const data = getOwn(json, bridge ? 'detail' : 'data');
  const type = readText(getOwn(json, bridge ? 'detail-type' : 'type'));
  const time = readMessageTime(getOwn(json, 'time') ?? getOwn(json, 'created') ?? getOwn(json, 'timestamp'));
  const id = readText(getOwn(json, 'id'));
  if (type === null || !isObject(data) || time === null || id === null) return null;
  if (!bridge && getOwn(json, 'specversion') === undefined && !/^[\w-]+([./][\w-]+)+$/.test(type)) return null;
  const inner = isObject(getOwn(data, 'object')) ? (getOwn(data, 'object') as JsonObject) : data;
  const outcome =
    outcomeNames.map((name) => readText(getOwn(inner, name))).find((word) => word !== null && readOutcome(word) !== null) ?? null;
  const subject = readText(getOwn(json, 'subject'));
  const sentence = findSentence(inner);
  const head = [type, subject].filter(Boolean).join(' ');
  return {
    sender: bridge ? 'eventbridge' : 'event',
    text: [outcome === null ? head : `${head}, ${outcome}`, sentence].filter(Boolean).join(': '),
    level: (outcome === null ? null : readOutcome(outcome)) ?? readOutcome(type) ?? 'INFO',
    status: null,
    alert: type,
    fingerprint: id,
    began: time,
    time,
    group: readText(getOwn(json, 'source')) ?? type.split(/[./]/)[0]!,
    link: null,
    labels: {},
  };
}
