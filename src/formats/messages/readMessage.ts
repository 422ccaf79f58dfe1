import { fieldAt, fieldReader } from '../../../config/scalars.ts';
import type { JsonObject, Level } from '../../event.ts';
import { readSeverity, readStatus } from './alertWords.ts';
import { awsSenders } from './awsSenders.ts';
import { isObject } from '../../base/isObject.ts';
import { readHeading } from './heading.ts';
import { findLabel, readLabels } from './labels.ts';
import { readText, type AlertStatus, type Message } from './message.ts';
import { readMessageTime } from './messageTime.ts';
import { namedEventTops, readNamedEvent } from './namedEvent.ts';
import { readOutcome } from './outcome.ts';
import type { MessageField, Sender } from './sender.ts';
import { senders } from './senders.ts';

/** Senders with the places of their marks, which every record in JSON is asked for. */
const known = [...awsSenders, ...senders].map((sender: Sender) => ({
  sender,
  marks: Object.entries(sender.marks).map(([path, wanted]) => ({ read: fieldReader(path), wanted })),
}));

/** Fields at the top of a message, of which every one has at least one. */
export const messageTops: readonly string[] = [
  ...new Set([...known.map(({ sender }) => Object.keys(sender.marks)[0]!.split('.')[0]!), ...namedEventTops]),
];

/** Names of senders whose messages are understood as they are. */
export const senderNames: readonly string[] = [...new Set(known.map(({ sender }) => sender.name))];

/** Labels by which people name a service, and how bad an alert is, where the sender has no place of its own for it. */
const serviceLabels = ['service', 'service_name'];
const severityLabels = ['severity', 'level', 'priority'];

/**
 * What a notification says; null for JSON that is none that anybody is known to send. With `name` only messages of that
 * sender are taken.
 */
export function readMessage(json: unknown, name?: string): Message | null {
  if (!isObject(json)) return null;
  const found = known.find(({ sender, marks }) => (name === undefined || sender.name === name) && isFrom(json, marks));
  if (found) return readAs(json, found.sender);
  return name === undefined ? readNamedEvent(json) : null;
}

const isFrom = (json: object, marks: (typeof known)[number]['marks']): boolean =>
  marks.every(({ read, wanted }) => {
    const found = read(json);
    if (found === undefined || found === null) return false;
    return wanted === true || wanted.includes(String(found));
  });

/** Reads a message by a description of where its sender puts what. */
export function readAs(json: object, { name, fields, values, levelsFrom }: Sender): Message {
  const all = (field: MessageField): unknown[] =>
    (fields[field] ?? [])
      .map((place) => (typeof place === 'string' ? fieldAt(json, place) : place(json)))
      .filter((value) => value !== undefined && value !== null && value !== '');
  const texts = (field: MessageField): string[] =>
    all(field)
      .map(readText)
      .filter((value) => value !== null);
  const text = (field: MessageField): string | null => texts(field)[0] ?? null;
  const heading = readHeading(text('alert') ?? name);
  const labels = Object.assign({}, ...all('labels').map(readLabels).toReversed(), heading.labels) as JsonObject;
  // What has a state of its own says so in a word behind its kind: `incident.resolved`, but not `incident.workflow.completed`.
  const status =
    first(texts('status'), (word) => findOwn(values?.status, word, (other) => readStatus(other.replace(/^\w+\./, '')))) ??
    (fields.status === undefined ? null : heading.status);
  const subject = text('subject') ?? heading.subject;
  const outcome = text('outcome');
  const grade = (word: string): Level | null =>
    findOwn(values?.level, word, (other) => readBound(other, levelsFrom) ?? readSeverity(other));
  const severity = [...texts('level'), findLabel(labels, severityLabels) ?? ''].find((word) => grade(word) !== null) ?? null;
  const level = severity === null ? (outcome === null ? null : readOutcome(outcome)) : grade(severity);
  const began = first(all('began'), readMessageTime);
  const ended = first(all('ended'), readMessageTime);
  const word = status === 'resolved' || status === 'no data' ? status : (severity ?? text('level') ?? outcome ?? status);
  return {
    sender: name,
    text: sentence([heading.text, subject], word, text('text')),
    level: weigh(status, level, fields.status !== undefined),
    status,
    alert: heading.text,
    fingerprint: text('fingerprint') ?? [heading.text, subject ?? ''].join(' '),
    began,
    time: status === 'resolved' ? (ended ?? began) : began,
    group: findLabel(labels, serviceLabels) ?? text('group'),
    link: text('link'),
    labels,
  };
}

/** What is on is trouble, also where nobody says how bad; what is over is none. */
function weigh(status: AlertStatus | null, level: Level | null, lasts: boolean): Level {
  if (status === 'resolved') return 'INFO';
  if (status === 'no data') return 'WARN';
  if (status === null && lasts) return 'INFO';
  return level ?? (status === 'firing' ? 'ERROR' : 'INFO');
}

/** `CPU high web-3, critical: above 90` */
function sentence(subject: readonly (string | null)[], word: string | null, what: string | null): string {
  const head = [...new Set(subject.filter(Boolean))].join(' ');
  const heads = word === null ? head : `${head}, ${word}`;
  const sentence = what?.replaceAll('%%%', '').trim() ?? '';
  return sentence === '' || readHeading(sentence).text === subject[0] ? heads : `${heads}: ${sentence}`;
}

function first<T, R>(values: readonly T[], read: (value: T) => R | null): R | null {
  for (const value of values) {
    const found = read(value);
    if (found !== null) return found;
  }
  return null;
}

/** What a word means to its sender, or else to everybody. */
function findOwn<T>(map: Readonly<Record<string, T | null>> | undefined, word: string, otherwise: (word: string) => T | null): T | null {
  return map !== undefined && Object.hasOwn(map, word) ? map[word]! : otherwise(word);
}

function readBound(word: string, bounds: Sender['levelsFrom']): Level | null {
  const value = Number(word);
  return bounds?.find(([from]) => value >= from)?.[1] ?? null;
}
