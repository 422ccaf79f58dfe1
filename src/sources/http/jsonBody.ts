import { fieldAt } from '../../../config/scalars.ts';
import type { Json, JsonObject } from '../../event.ts';
import type { FormatItem } from '../../formats/format.ts';
import { ndjson } from '../../formats/json/ndjson.ts';
import type { Signal } from '../../signal.ts';
import { signalMaker } from '../toSignals.ts';
import { shortHash } from '../shortHash.ts';
import type { Decode, DecodeContext } from './decode.ts';
import { otlpRecords } from './otlp.ts';

/** One JSON object a line; an OpenTelemetry export in a line is unfolded. */
export const ndjsonBody: Decode = async (body, context) => {
  // Only OpenTelemetry's own lines need to be opened; all others go to the parser as they came.
  if (!body.includes('"resourceLogs"')) return { records: recordsOf(body, context) };
  const lines = body
    .toString('utf8')
    .split('\n')
    .map((line) => unfolded(line));
  return { records: recordsOf(Buffer.from(lines.join('\n')), context) };
};

/** A JSON object, or an array of them, or what stands at `records`. */
export const jsonBody: Decode = async (body, context) => {
  const json = JSON.parse(body.toString('utf8')) as Json;
  const { records } = context.options;
  const found = records === undefined ? (otlpRecords(json) ?? json) : fieldAt(json, records);
  if (found === undefined || found === null || typeof found !== 'object')
    return { refuse: records === undefined ? 'expected a JSON object or array' : `nothing at ${records}` };
  const list = (Array.isArray(found) ? found : [found]) as Json[];
  return { records: recordsOf(Buffer.from(list.map((record) => JSON.stringify(record)).join('\n')), context) };
};

function unfolded(line: string): string {
  if (!line.includes('"resourceLogs"')) return line;
  try {
    const records = otlpRecords(JSON.parse(line) as Json);
    return records ? records.map((record: JsonObject) => JSON.stringify(record)).join('\n') : line;
  } catch {
    // The parser refuses it with the reason, and keeps it.
    return line;
  }
}

/** What is not understood becomes a rejected record, so that one bad line does not turn back a thousand good ones. */
function recordsOf(bytes: Uint8Array, { options, id, now, request }: DecodeContext): Signal[] {
  const parser = ndjson.create(ndjson.options.parse({ fields: options.fields }), { reference: now }, null);
  const items = [...parser.push(bytes), ...parser.end()];
  const make = signalMaker({ source: id });
  const prefix = `http-${shortHash([id], 8)}-${request}`;
  return items.flatMap((item: FormatItem, index) => {
    const signals = make([item]);
    for (const signal of signals) {
      // Two equal bodies are two deliveries: without an id of their own, records are named by request and place.
      if (signal.kind === 'event' && item.kind === 'draft' && item.id === undefined && item.event === undefined) {
        signal.event.id = `${prefix}-${index.toString(36).padStart(4, '0')}`;
      }
    }
    return signals;
  });
}
