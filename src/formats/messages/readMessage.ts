import { fieldAt, fieldReader } from '../../../config/scalars.ts';
import type { Level } from '../../event.ts';
import { readSeverity, readStatus } from './alertWords.ts';
import { awsSenders } from './awsSenders.ts';
import { isObject } from '../../base/isObject.ts';
import { readText, type AlertStatus, type Message } from './message.ts';
import { readMessageTime } from './messageTime.ts';
import { readNamedEvent } from './namedEvent.ts';
import { readOutcome } from './outcome.ts';
import type { MessageField, Sender } from './sender.ts';
import { senders } from './senders.ts';

/** Senders with the places of their marks, which every record in JSON is asked for. */
const known = [...awsSenders, ...senders].map((sender: Sender) => ({
  sender,
  marks: Object.entries(sender.marks).map(([path, wanted]) => ({ read: fieldReader(path), wanted })),
}));

/** Names of senders whose messages are understood as they are. */
export const senderNames: readonly string[] = [...new Set(known.map(({ sender }) => sender.name))];

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
    (fields[field] ?? []).map((path) => fieldAt(json, path)).filter((value) => value !== undefined && value !== null && value !== '');
  const text = (field: MessageField): string | null =>
    all(field)
      .map(readText)
      .find((value) => value !== null) ?? null;
  const status = first(all('status'), (word) => findOwn(values?.status, word) ?? readStatus(String(word).split('.').at(-1)));
  const heading = readHeading(text('alert') ?? name);
  const subject = text('subject') ?? heading.subject;
  const outcome = text('outcome');
  const severity = text('level');
  const level =
    first(all('level'), (word) => findOwn(values?.level, word) ?? readBound(word, levelsFrom) ?? readSeverity(word)) ??
    (outcome === null ? null : readOutcome(outcome));
  const began = first(all('began'), readMessageTime);
  const ended = first(all('ended'), readMessageTime);
  const labels = first(all('labels'), (value) => (isObject(value) ? value : null));
  const word = status === 'resolved' ? 'resolved' : status === 'no data' ? 'no data' : (severity ?? outcome ?? status);
  return {
    sender: name,
    text: sentence([heading.text, subject], word, text('text')),
    level: weigh(status, level, fields.status !== undefined),
    status,
    alert: heading.text,
    fingerprint: text('fingerprint') ?? [heading.text, subject ?? ''].join(' '),
    began,
    time: status === 'resolved' ? (ended ?? began) : began,
    group: text('group'),
    link: text('link'),
    labels: labels ?? {},
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
  const sentence = what === null ? null : what.replaceAll('%%%', '').trim();
  const heads = word === null ? head : `${head}, ${word}`;
  return sentence === null || sentence === '' || sentence === head ? heads : `${heads}: ${sentence}`;
}

/** A title less the state that some put in brackets before it: `[Triggered on {host:web-3}] CPU high`. */
function readHeading(title: string): { text: string; subject: string | null } {
  const found = /^\[([\w-]+)([^\]]*)\]\s*(\S.*)$/.exec(title);
  if (!found || (readStatus(found[1]) ?? readStatus(found[1]! + found[2]!)) === null) return { text: title, subject: null };
  return { text: found[3]!, subject: /\{(?:\w+:)?([^}]+)\}/.exec(found[2]!)?.[1] ?? null };
}

function first<T>(values: readonly unknown[], read: (value: unknown) => T | null): T | null {
  for (const value of values) {
    const found = read(value);
    if (found !== null) return found;
  }
  return null;
}

function findOwn<T>(map: Readonly<Record<string, T>> | undefined, key: unknown): T | null {
  const name = String(key);
  return map !== undefined && Object.hasOwn(map, name) ? map[name]! : null;
}

function readBound(value: unknown, bounds: Sender['levelsFrom']): Level | null {
  if (bounds === undefined || typeof value !== 'number') return null;
  return bounds.find(([from]) => value >= from)?.[1] ?? null;
}
