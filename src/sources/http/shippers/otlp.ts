import { unpackOtlp } from '../../../formats/json/otlp.ts';
import { readOtlpProtobuf } from './otlpProtobuf.ts';
import { isProtobuf, parseJson, type Protocol } from './protocol.ts';

/** OpenTelemetry's logs over HTTP, protobuf and JSON. */
export const otlp: Protocol = {
  name: 'otlp',
  matches: ({ path }) => path === '/v1/logs',
  decode(body, request) {
    const records = unpackOtlp(isProtobuf(request) ? readOtlpProtobuf(body) : parseJson(body));
    if (!records) throw new SyntaxError('expected resourceLogs');
    return records.map((fields) => ({ line: null, time: null, group: null, fields }));
  },
  // A response without anything in it says that all was taken; in protobuf that is no byte at all.
  answer: (_count, _body, request) => ({ status: 200, body: isProtobuf(request) ? null : {} }),
};
