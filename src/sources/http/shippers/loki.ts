import type { Json, JsonObject } from '../../../event.ts';
import { unpackSnappy } from '../../../formats/bytes/snappy.ts';
import { isObject } from '../../../base/isObject.ts';
import { isoTime } from '../../../formats/time/isoTime.ts';

import { eachField } from './eachField.ts';
import { isProtobuf, parseJson, type Protocol, type Shipped } from './protocol.ts';

/** Unpacked, a body may be so large: bytes. */
const most = 64 << 20;
/** Labels by which a stream is usually known from others, most telling first. */
const groupLabels = ['service_name', 'service', 'app', 'job', 'container', 'unit', 'filename'];

/** `{app="cart", level="error"}`: labels as Loki writes a stream. */
function parseLabels(text: string): JsonObject {
  const labels: JsonObject = {};
  for (const [, name, value] of text.matchAll(/([\w.]+)\s*=\s*("(?:[^"\\]|\\.)*")/g)) labels[name!] = parseJson(value!);
  return labels;
}

function shipped(labels: JsonObject, millis: number, line: string, more: JsonObject = {}): Shipped {
  const name = groupLabels.find((label) => typeof labels[label] === 'string' && labels[label] !== '');
  return { line, time: millis, group: name === undefined ? null : String(labels[name]), fields: { ...labels, ...more } };
}

function fromJson(json: Json): Shipped[] {
  if (!isObject(json) || !Array.isArray(json.streams)) throw new SyntaxError('expected streams');
  return readStreams(json.streams);
}

/** Streams as they are pushed to Loki, and as it answers a query: `{ stream: labels, values: [[nanoseconds, line, metadata?]] }`. */
export function readStreams(streams: readonly Json[]): Shipped[] {
  return streams.flatMap((stream) => {
    if (isObject(stream) && Array.isArray(stream.entries)) return readEntries(stream.entries, stream.labels);
    if (!isObject(stream) || !Array.isArray(stream.values)) throw new SyntaxError('expected values in a stream');
    const labels = isObject(stream.stream) ? stream.stream : {};
    return stream.values.map((value) => {
      const [nanos, line, more] = Array.isArray(value) ? value : [];
      if (typeof nanos !== 'string' || !/^\d{7,20}$/.test(nanos) || typeof line !== 'string')
        throw new SyntaxError('expected ["<nanoseconds>", "<line>"] in values');
      return shipped(labels, Number(nanos.slice(0, -6)), line, isObject(more) ? more : {});
    });
  });
}

/** As they were pushed to the first releases: `{ labels: '{app="cart"}', entries: [{ ts: RFC 3339, line }] }`. */
function readEntries(entries: readonly Json[], labels: Json | undefined): Shipped[] {
  const own = typeof labels === 'string' ? parseLabels(labels) : {};
  return entries.map((entry) => {
    const time = isObject(entry) && typeof entry.ts === 'string' ? isoTime(entry.ts) : Number.NaN;
    if (!isObject(entry) || Number.isNaN(time) || typeof entry.line !== 'string') throw new SyntaxError('expected ts and line in entries');
    return shipped(own, time, entry.line);
  });
}

/** Source: github.com/grafana/loki, pkg/push/push.proto. PushRequest { 1 streams }, Stream { 1 labels, 2 entries }, Entry { 1 timestamp, 2 line, 3 metadata }. */
function fromProtobuf(bytes: Uint8Array): Shipped[] {
  const records: Shipped[] = [];
  eachField(bytes, (field, reader) => {
    if (field !== 1) return false;
    let labels: JsonObject = {};
    const entries: Uint8Array[] = [];
    eachField(reader.message(), (inner, stream) => {
      if (inner === 1) labels = parseLabels(stream.text());
      else if (inner === 2) entries.push(stream.message());
      else return false;
      return true;
    });
    for (const entry of entries) records.push(readEntry(entry, labels));
    return true;
  });
  return records;
}

function readEntry(bytes: Uint8Array, labels: JsonObject): Shipped {
  let millis = 0;
  let line = '';
  const more: JsonObject = {};
  eachField(bytes, (field, entry) => {
    if (field === 1) millis = readTimestamp(entry.message());
    else if (field === 2) line = entry.text();
    else if (field === 3) {
      const pair = ['', ''];
      eachField(entry.message(), (inner, label) => {
        if (inner !== 1 && inner !== 2) return false;
        pair[inner - 1] = label.text();
        return true;
      });
      more[pair[0]!] = pair[1]!;
    } else return false;
    return true;
  });
  return shipped(labels, millis, line, more);
}

function readTimestamp(bytes: Uint8Array): number {
  let seconds = 0;
  let nanos = 0;
  eachField(bytes, (field, at) => {
    if (field === 1) seconds = Number(at.int64());
    else if (field === 2) nanos = at.varint();
    else return false;
    return true;
  });
  return seconds * 1000 + Math.floor(nanos / 1e6);
}

function unpack(body: Buffer): Uint8Array {
  try {
    return unpackSnappy(body, most);
  } catch (cause) {
    throw new SyntaxError('not snappy', { cause });
  }
}

/** Loki's push API, JSON and protobuf: what Promtail, Alloy, Vector and Fluent Bit send to Loki. */
export const loki: Protocol = {
  name: 'loki',
  matches: ({ path }) => path === '/loki/api/v1/push' || path === '/api/prom/push',
  decode: (body, request) => (isProtobuf(request) ? fromProtobuf(unpack(body)) : fromJson(parseJson(body))),
  answer: () => ({ status: 204, body: null }),
};
