import type { HttpRequest } from '../../src/io/network.ts';
import type { Decode, DecodeContext, Decoded } from '../../src/sources/http/decode.ts';
import { decodeBody } from '../../src/sources/http/decodeBody.ts';
import { alertmanager } from '../../src/sources/http/alertmanager.ts';
import { jsonBody, ndjsonBody } from '../../src/sources/http/jsonBody.ts';
import { messageBody } from '../../src/sources/http/messageBody.ts';
import { httpOptions } from '../../src/sources/http/options.ts';
import { findShipperRoute, readShipper } from '../../src/sources/http/shippers/shipperBody.ts';
import { bodies } from './bodies.ts';
import { lines, ndjson } from './fragments.ts';
import { hurtBytes, hurtText, type Random } from './random.ts';

const now = Date.UTC(2024, 4, 2);
const options = httpOptions.parse({});
const decoders: readonly Decode[] = [alertmanager, jsonBody, ndjsonBody, messageBody('grafana'), messageBody('auto')];
/** Paths under which shippers post, and what they say of their bodies. */
const paths = [
  '/loki/api/v1/push',
  '/_bulk',
  '/logs/_bulk?filter_path=x',
  '/services/collector/event',
  '/services/collector/raw?host=h',
  '/v1/logs',
  '/firehose',
  '/',
];
const types = ['application/json', 'application/x-protobuf', 'application/x-ndjson', 'application/cloudevents+json', 'text/plain', ''];
/** What a program says of itself when it fails, and of no body. */
const internal = /Cannot read propert|is not a function|is not iterable|undefined|Invalid time value|Maximum call stack/;

/** Posts a hurt body, as some sender would, to what the listener reads bodies with. Throws what breaks its word. */
export async function attackListener(random: Random): Promise<void> {
  const body = Buffer.from(hurtBytes(random, hurtText(random, random.below(4) === 0 ? [...bodies, ...lines, ...ndjson] : bodies)));
  const headers = { 'content-type': random.pick(types), ...(random.below(3) === 0 && { 'x-amz-firehose-request-id': 'r' }) };
  const request = { method: 'POST', url: random.pick(paths), headers } as HttpRequest;
  const shipper = findShipperRoute(request) === null ? null : readShipper(request);
  const context: DecodeContext = {
    id: 'in',
    now,
    request: 'r1',
    options,
    headers,
    fetchText: () => Promise.reject(new Error('nobody answers')),
    uncounted: () => {},
  };
  const decoded = await decodeBody(shipper && random.below(2) === 0 ? shipper.decode : random.pick(decoders), body, context);
  const wrong = findWrong(decoded);
  if (wrong !== null) throw new Error(`${request.url} ${headers['content-type']}: ${wrong}: ${JSON.stringify(body.toString('latin1'))}`);
  if (Object.keys(Object.prototype).length > 0) throw new Error('Object.prototype was changed');
}

function findWrong(decoded: Decoded): string | null {
  if ('refuse' in decoded) return internal.test(decoded.refuse) ? `refused with words of the program's own: ${decoded.refuse}` : null;
  if ('forbid' in decoded) return null;
  for (const signal of decoded.records) {
    if (signal.kind !== 'event' && signal.kind !== 'rejected') return `a record that is a ${signal.kind}`;
    if (signal.kind === 'event' && !(Number.isFinite(signal.time) && Math.abs(signal.time) <= 8.64e15))
      return 'a time that no date can hold';
    if (signal.kind === 'event' && typeof signal.event.text !== 'string') return 'a record without a text';
    if (signal.kind === 'rejected' && signal.rejected.reason === '') return 'rejected without a reason';
  }
  return null;
}
