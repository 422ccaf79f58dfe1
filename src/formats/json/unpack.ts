import { isObject } from '../../base/isObject.ts';
import type { Json, JsonObject } from '../../event.ts';
import { plainName, usualNames } from './fieldNames.ts';
import { unpackOtlp } from './otlp.ts';
import { parseJson } from './parseObject.ts';
import { setOwn } from './setOwn.ts';
import { readMessage } from '../messages/readMessage.ts';
import { elementSpans, memberAt, skipSpace, valueEnd, type Span } from './spans.ts';

/** A record within a document, and where it stands in its text. */
export interface Unpacked extends Span {
  record: JsonObject;
  /** The record as text: what its id is made from. */
  raw: string;
}

const unpacked = (text: string, record: JsonObject, span: Span): Unpacked => ({ record, ...span, raw: text.slice(span.from, span.to) });

const textNames = new Set(usualNames.text);
const timeNames = new Set(usualNames.timestamp);

/** Whether an object says when or what by one of the usual names, or holds a record that does. */
const isRecord = (object: JsonObject): boolean =>
  Object.keys(object).some((key) => {
    const name = plainName(key);
    return textNames.has(name) || timeNames.has(name) || name === '_source' || name === 'attributes';
  });

const saysText = (object: JsonObject): boolean =>
  Object.keys(object).some((key) => typeof object[key] === 'string' && textNames.has(plainName(key)));

/** The path to the one list of records in an object that is no record itself; null when there is none. */
function listPath(object: JsonObject, depth = 0): string[] | null {
  // An inner object with a time of its own is a record, whatever lists it has.
  if (saysText(object) || (depth > 0 && Object.keys(object).some((key) => timeNames.has(plainName(key))))) return null;
  const lists = Object.keys(object).filter((key) => {
    const value = object[key];
    return Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item)) && isRecord(value[0] as JsonObject);
  });
  if (lists.length === 1) return lists;
  if (lists.length > 1 || depth >= 2) return null;
  for (const key of Object.keys(object)) {
    const value = object[key];
    const inner = isObject(value) ? listPath(value, depth + 1) : null;
    if (inner) return [key, ...inner];
  }
  return null;
}

/** Whether any field holds more than a value. */
function nests(object: JsonObject): boolean {
  for (const key in object) if (typeof object[key] === 'object' && object[key] !== null) return true;
  return false;
}

/** Fields of the envelope that say where its records come from. */
function envelopeFields(object: JsonObject): JsonObject {
  const fields: JsonObject = {};
  for (const key of Object.keys(object)) if (typeof object[key] === 'string' && object[key] !== '') setOwn(fields, key, object[key]);
  return fields;
}

/**
 * The records in a JSON document: of an array, of an object around one list of records (`Records`, `events`, `items`, `hits`),
 * of OpenTelemetry's and Loki's nests. null when the document is one record, or none.
 */
export function unpack(text: string, document: Json): Unpacked[] | null {
  // Most records end here: no field of theirs holds more than a value.
  if (!Array.isArray(document) && (!isObject(document) || !nests(document))) return null;
  const start = text.search(/\S/);
  if (Array.isArray(document)) {
    const spans = elementSpans(text, start);
    return document.length > 0 && document.every((item) => isObject(item))
      ? document.map((item, i) => unpacked(text, item, spans[i]!))
      : null;
  }
  const nested = unpackOtlp(document) ?? unpackStreams(document);
  // Records made of several parts have no text of their own: each stands one character behind the one before.
  if (nested) return nested.map((record, i) => ({ record, from: start + i, to: start + i + 1, raw: JSON.stringify(record) }));
  const path = listPath(document);
  // A notification is one, whatever it lists.
  if (path === null || readMessage(document) !== null) return null;
  let at = start;
  let value: Json = document;
  for (const key of path) {
    at = memberAt(text, at, key);
    value = (value as JsonObject)[key]!;
  }
  const around = envelopeFields(document);
  const spans = elementSpans(text, at);
  return (value as JsonObject[]).map((item, i) => unpacked(text, { ...around, ...item }, spans[i]!));
}

/** `{ streams: [{ stream: labels, values: [[nanoseconds, line], ...] }] }`, and the same as the result of a query (Loki). */
function unpackStreams(document: JsonObject): JsonObject[] | null {
  const data = isObject(document.data) ? document.data.result : undefined;
  const streams = document.streams ?? data;
  if (!Array.isArray(streams)) return null;
  const records: JsonObject[] = [];
  for (const stream of streams) {
    if (!isObject(stream) || !Array.isArray(stream.values)) return null;
    for (const pair of stream.values) {
      if (!Array.isArray(pair) || typeof pair[1] !== 'string') return null;
      records.push({ timestamp: pair[0]!, message: pair[1], ...(isObject(stream.stream) && { labels: stream.stream }) });
    }
  }
  return records.length > 0 ? records : null;
}

/** The records of a text that is several objects, one behind the other; null for anything else. */
export function splitObjects(text: string): Unpacked[] | null {
  // Most texts end here: nothing closes in front of what opens.
  if (!/\}\s*\{/.test(text)) return null;
  const records: Unpacked[] = [];
  for (let from = skipSpace(text, 0); from < text.length;) {
    const to = valueEnd(text, from);
    const record = text.charCodeAt(from) === 123 ? parseJson(text.slice(from, to)) : undefined;
    if (!isObject(record)) return null;
    records.push(unpacked(text, record as JsonObject, { from, to }));
    from = skipSpace(text, to);
  }
  return records.length > 1 ? records : null;
}
