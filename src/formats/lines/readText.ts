import type { JsonObject } from '../../event.ts';
import { plainName, usualNames, type FieldsOption } from '../json/fieldNames.ts';
import { noteAccess, noteRequest } from '../access/noteRequest.ts';
import { idProblem } from '../json/canonical.ts';
import { pickFields, composeText } from '../json/jsonRecord.ts';
import { liftJournal } from '../json/journald.ts';
import { parseObject } from '../json/parseObject.ts';
import { setOwn } from '../json/setOwn.ts';
import { recordMessage } from '../messages/recordMessage.ts';
import { emptyHeader, type Header } from '../header/header.ts';
import type { HeaderHints } from '../header/headerHints.ts';
import { peelHeader } from '../header/headerPeel.ts';
import { levelInside } from '../header/levelInside.ts';
import { isLevelLetter } from '../header/levelWord.ts';
import { skipBlanks } from '../header/words.ts';
import { isDigit } from '../time/stamp.ts';
import { enterDayLine } from '../time/dayLine.ts';
import { recordTime } from '../time/recordTime.ts';
import type { StampClock } from '../time/stampClock.ts';
import { emptyFacts, type Facts } from './facts.ts';
import { parseCef } from './cef.ts';
import { logfmtRecord, readPairs } from './logfmt.ts';
import { mayHaveHeader } from './mayHaveHeader.ts';
import type { StreamReading } from './streamReading.ts';
import { unwrap, type Wrapped } from './wrapper.ts';

/** What reading a text takes. */
export interface ReadContext {
  clock: StampClock;
  reading: StreamReading;
  fields: FieldsOption;
}

/** Wrappers within wrappers: no honest line has more. */
const deepest = 6;
const startOnly: HeaderHints = { places: [], levelFirst: false, levelSecond: false, tags: false };
/** `[ERROR] 2024-05-01 10:00:00`, in a message. */
const levelThenStamp = /^\[?[A-Za-z]{3,9}\]?:?\s+\[?\d{4}[-/]\d\d/;
const behindLevel: HeaderHints = { ...startOnly, places: ['t1', '['] };
const header: Header = emptyHeader();

/** Reads a line that no wrapper is around any more: JSON, or a header and a message, again and again inwards. */
export function readText(text: string, wrapped: Wrapped | null, context: ReadContext): Facts {
  const facts = emptyFacts(text);
  if (wrapped) takeWrapped(facts, wrapped);
  const record = parseObject(text);
  if (record) return readRecord(record, facts, context);
  readPlain(facts, context, context.reading, 0);
  return facts;
}

/** Reads a record in JSON into what is known of it already. */
export function readRecord(record: JsonObject, facts: Facts, context: ReadContext, depth = 0): Facts {
  facts.json = true;
  const message = isEmpty(context.fields) ? recordMessage(record) : null;
  if (message) return Object.assign(facts, message, Number.isNaN(message.time) && { time: facts.time });
  const { roles, times, metadata, isService } = liftJournal(record) ?? pickFields(record, context.fields, context.reading.scale);
  if (Number.isNaN(facts.time)) facts.time = recordTime(times, record, context.clock);
  const before = facts.metadata.level;
  if (isEmpty(facts.metadata)) facts.metadata = metadata;
  else for (const key of Object.keys(metadata)) setOwn(facts.metadata, key, metadata[key]!);
  if (before !== undefined && metadata.level === undefined) facts.metadata.level = before;
  if (typeof roles.component === 'string') {
    if (isService) facts.service = roles.component;
    else facts.component ||= roles.component;
  }
  if (typeof roles.source === 'string' && roles.source !== '') facts.source = roles.source;
  if (typeof roles.group === 'string' && roles.group !== '') facts.group = roles.group;
  if (
    typeof record.id === 'string' &&
    typeof record.timestamp === 'string' &&
    typeof record.text === 'string' &&
    idProblem(record.id) === null
  ) {
    facts.id = record.id;
    delete facts.metadata.id;
  }
  facts.text = noteRequest(facts.metadata, roles.text) ?? composeText(roles.text, metadata);
  if (typeof roles.text === 'string') inside(facts, context, depth, saysLevel(record, metadata));
  if (facts.metadata.level === undefined && hasError(record)) facts.metadata.level = 'ERROR';
  return facts;
}

/** Reads what a message that stood in a record holds: a header, a record. `levelled`: the record around it gave its level. */
export const readMessage = (facts: Facts, context: ReadContext, levelled: boolean): void => inside(facts, context, 0, levelled);

const texts = new Set(usualNames.text.slice(0, usualNames.text.indexOf('event')));
/** Whether a record says something under one of the names that are for nothing else. */
const hasText = (record: JsonObject): boolean =>
  Object.keys(record).some((key) => texts.has(plainName(key)) && typeof record[key] === 'string');

const isEmpty = (object: object): boolean => {
  for (const _ in object) return false;
  return true;
};

/** Whether the level of a record is its writer's own; a priority of the transport gives way to that of the message. */
const saysLevel = (record: JsonObject, metadata: JsonObject): boolean =>
  metadata.level !== undefined && record.PRIORITY === undefined && record.syslog_severity === undefined;

const errorKeys = ['errorCode', 'error_code', 'exception', 'err', 'error', '@x', 'stack', 'stack_trace'];
/** A record without a level that carries an error is one. */
const hasError = (record: JsonObject): boolean =>
  errorKeys.some((key) => {
    const value = Object.hasOwn(record, key) ? record[key] : null;
    return value !== null && value !== '' && value !== false && value !== 0;
  });

/** The message of a record: wrapped again, a record itself, or a text with a header of its own. */
function inside(facts: Facts, context: ReadContext, depth: number, levelled: boolean): void {
  if (depth >= deepest) return;
  const wrapped = unwrap(facts.text);
  if (wrapped) {
    facts.text = wrapped.text;
    takeWrapped(facts, wrapped);
  }
  const record = parseObject(facts.text) ?? logfmtRecord(facts.text, facts.text.indexOf('='));
  if (record) return void readRecord(record, facts, context, depth + 1);
  if (mayHaveHeader(facts.text)) readPlain(facts, context, levelThenStamp.test(facts.text) ? behindLevel : startOnly, depth + 1, levelled);
}

function takeWrapped(facts: Facts, wrapped: Wrapped): void {
  if (Number.isNaN(facts.time)) facts.time = wrapped.time;
  if (wrapped.stream !== '') facts.metadata.stream = wrapped.stream;
  if (wrapped.name !== '') {
    facts.metadata.container = wrapped.name;
    facts.service = wrapped.name;
  }
  if (wrapped.fields) for (const key of Object.keys(wrapped.fields)) setOwn(facts.metadata, key, wrapped.fields[key]!);
}

/**
 * Reads a text with a header or without. `levelled`: a record around it gave its level already, so that only a stamp in front
 * says that there is a header at all.
 */
function readPlain(facts: Facts, context: ReadContext, hints: HeaderHints, depth: number, levelled = false): void {
  const { text } = facts;
  peelHeader(text, skipBlanks(text, 0), context.clock, header, hints);
  const isInner = facts.json;
  const stamped = !Number.isNaN(header.time);
  if (isInner && !stamped && (levelled || header.level === '')) return;
  const { time, midst } = header;
  if (Number.isNaN(facts.time) && !midst) facts.time = time;
  takeHeader(facts);
  if (stamped && (header.host !== '' || header.priority)) peelAgain(facts, context);
  const body = text.slice(header.bodyAt, header.bodyEnd || undefined).trimEnd();
  // Its own time of day is of that day, too.
  if ((!stamped || context.clock.bare) && enterDayLine(body, context.clock) && stamped && !midst) facts.time = context.clock.joined(time);
  facts.headed = stamped || (header.level !== '' && header.bodyAt > skipBlanks(text, 0));
  facts.empty = isEmptyBody(body) && (stamped || header.level !== '');
  readBody(facts, body, context, depth);
  // A line of pairs knows better which of them is its time.
  if (Number.isNaN(facts.time)) facts.time = time;
}

/** A message that came by syslog may have the header of its program: a stamp with a day in front says so. */
function peelAgain(facts: Facts, { clock }: ReadContext): void {
  const { bodyAt, bodyEnd, priority } = header;
  const code = facts.text.charCodeAt(bodyAt);
  if (!isDigit(code) && code !== 91 && code !== 42 && code !== 46 && !isLevelLetter(code)) return;
  const { host, pid, thread } = facts.metadata;
  peelHeader(facts.text, bodyAt, clock, header, startOnly);
  // Without a level it may be a date that the message begins with.
  if (Number.isNaN(header.time) || clock.bare || header.midst || header.level === '') {
    header.bodyAt = bodyAt;
    header.bodyEnd = bodyEnd;
    header.priority = priority;
    return;
  }
  takeHeader(facts);
  Object.assign(facts.metadata, host !== undefined && { host }, pid !== undefined && { pid }, thread !== undefined && { thread });
}

/** A message that is a record in JSON, logfmt or CEF gives its fields; any other is the text. */
function readBody(facts: Facts, body: string, context: ReadContext, depth: number): void {
  const { text } = facts;
  if (depth < deepest && body.charCodeAt(0) === 123) {
    const record = parseObject(body);
    if (record) return void readRecord(record, facts, context, depth + 1);
  }
  if (depth < deepest && body.charCodeAt(body.length - 1) === 125 && readTagged(facts, body, context, depth)) return;
  const equals = body.indexOf('=');
  const pairs = depth < deepest && equals > 0 ? (parseCef(body) ?? logfmtRecord(body, equals)) : null;
  if (pairs) {
    const { json } = facts;
    readRecord(pairs, facts, context, depth + 1);
    facts.json = json;
    return;
  }
  const fields = equals > 0 ? readPairs(body, equals) : null;
  if (fields) takePairs(facts, fields, context);
  // What the transport thinks of a request gives way to its answer.
  const isAccess = noteAccess(facts.metadata, text, header.bodyAt);
  if (isAccess && header.priority) delete facts.metadata.level;
  // A header without a message says what it can.
  facts.text = body === '' ? text.trim() : body;
  if (!isAccess && (facts.metadata.level === undefined || header.priority)) takeInnerLevel(facts, body);
}

const tagged = /^([\w.$/*-]{1,128}):?[ \t]+(?=\{)/;

/** `app.orders {"level":"error","msg":"x"}`: the tag of a record that has a message of its own. */
function readTagged(facts: Facts, body: string, context: ReadContext, depth: number): boolean {
  const found = tagged.exec(body.slice(0, 140));
  const record = found && parseObject(body.slice(found[0].length));
  if (!record || !hasText(record)) return false;
  readRecord(record, facts, context, depth + 1);
  facts.component ||= found[1]!;
  return true;
}

/** Time, level and service of a line that is nothing but pairs, and has no message among them. */
function takePairs(facts: Facts, record: JsonObject, context: ReadContext): void {
  const { roles, times, metadata, isService } = pickFields(record, context.fields, context.reading.scale);
  if (Number.isNaN(facts.time)) facts.time = recordTime(times, record, context.clock);
  if (metadata.level !== undefined) facts.metadata.level ??= metadata.level;
  // A `service` among pairs is a protocol of a firewall as often as a program.
  if (typeof roles.component === 'string' && !isService) facts.component ||= roles.component;
}

/** `level=error`, `LEVEL: Error`, `at=error` somewhere at the beginning of a message, or a level between other signs. */
function takeInnerLevel(facts: Facts, body: string): void {
  const level = levelInside(body);
  if (level !== '') facts.metadata.level = level;
}

function takeHeader(facts: Facts): void {
  const { metadata } = facts;
  facts.component ||= header.component;
  if (header.level !== '') metadata.level = header.level;
  if (header.host !== '') metadata.host = header.host;
  if (header.pid !== '') metadata.pid = header.pid;
  if (header.component !== '') metadata.component = header.component;
  if (header.thread !== '') metadata.thread = header.thread;
  if (header.other !== '') metadata.header = header.other;
}

const called = /^(?:[A-Z]\w*\([^()]*\)\s*)+$/;

/** A body with nothing to say: signs only, or `Process(1.1) User(mqm)`. */
export function isEmptyBody(body: string): boolean {
  const first = body.charCodeAt(0);
  // Most messages end here: they begin with a letter or digit, and no call.
  if ((first >= 97 && first <= 122) || isDigit(first)) return false;
  if (first >= 65 && first <= 90) return body.endsWith(')') && body.length < 300 && called.test(body);
  return body.length < 300 && /^[\W_]*$/.test(body);
}
