import type { JsonObject } from '../../../event.ts';
import { unpackOtlp } from '../../../formats/json/otlp.ts';
import { readOtlpProtobuf } from './otlpProtobuf.ts';
import { writePartialSuccess } from './writePartialSuccess.ts';
import { isProtobuf, parseJson, type Protocol, type Shipped } from './protocol.ts';

/** The records of an export. Throws a SyntaxError for what is none. */
export function readOtlp(body: Buffer, inProtobuf: boolean): Shipped[] {
  const records = inProtobuf ? readOtlpProtobuf(body) : unpackOtlp(parseJson(body));
  if (!records) throw new SyntaxError('expected resourceLogs');
  return records.map((fields) => ({ line: null, time: null, group: null, fields }));
}

/** OpenTelemetry's logs over HTTP, protobuf and JSON. */
export const otlp: Protocol = {
  name: 'otlp',
  matches: ({ path }) => path === '/v1/logs',
  decode: (body, request) => readOtlp(body, isProtobuf(request)),
  // A response without anything in it says that all was taken.
  answer(kept, _body, request) {
    if (isProtobuf(request)) return { status: 200, body: writePartialSuccess(kept) };
    const { rejected, why } = kept;
    const partial: JsonObject = { partialSuccess: { rejectedLogRecords: String(rejected), errorMessage: why ?? '' } };
    return { status: 200, body: rejected === 0 ? {} : partial };
  },
};
