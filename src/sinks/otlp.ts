import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { readSecret } from '../io/readNamed.ts';
import { encodeLogs } from './otlp/encodeLogs.ts';
import { writeExport } from './otlp/logRecords.ts';
import { readPartialSuccess } from './otlp/readPartialSuccess.ts';
import { httpAddress } from './shipping/httpAddress.ts';
import { poster } from './shipping/post.ts';
import { openShipment, shipmentOptions } from './shipping/shipmentSink.ts';
import { defineSink, selectOption } from './sink.ts';
import { wholeJson } from './webhook/wholeJson.ts';
import { reachable } from './webhook/reachable.ts';

const options = z.strictObject({
  select: selectOption(['finding', 'radar']),
  url: httpAddress.describe('Address of the receiver, such as http://collector:4318; /v1/logs is put behind it where it names no path.'),
  encoding: z.enum(['protobuf', 'json']).default('protobuf').describe('How records are written.'),
  compression: z.enum(['gzip', 'none']).default('gzip').describe('Whether bodies are packed.'),
  token: z.string().min(1).optional().describe('Sent as "Authorization: Bearer <token>".'),
  tokenFile: z.string().min(1).optional().describe('File with the token, in place of token.'),
  headers: z.record(z.string(), z.string()).default({}).describe('Further headers, such as the key of a service.'),
  ...shipmentOptions,
});

const findPath = (url: string): string => (new URL(url).pathname === '/' ? new URL('/v1/logs', url).href : url);

/**
 * Sends findings, radars and events as OpenTelemetry LogRecords over HTTP (OTLP): to a Collector, or to whoever takes OTLP.
 * A finding is a record with the event name `caducus.finding` each time its state changes. Records go in their order, in
 * batches; what waits is part of the checkpoint. At least once: what is sent again has the same `log.record.uid`.
 *
 * Throws CAD011 when the file of the token cannot be read.
 */
export const otlp = defineSink({
  name: 'otlp',
  summary: 'Sends findings, radars and events as OpenTelemetry LogRecords over HTTP.',
  options,
  probe: (given, { io, id }) => reachable(io.net, given.url, id),
  async open(given, context) {
    const { io, id, pipeline } = context;
    const isJson = given.encoding === 'json';
    const token = await readSecret(io.files, given.token, given.tokenFile, `sinks.${id}`);
    const headers = {
      'content-type': isJson ? 'application/json' : 'application/x-protobuf',
      ...(given.compression === 'gzip' && { 'content-encoding': 'gzip' }),
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...given.headers,
    };
    const carry = poster(
      io,
      (batch) => {
        const logs = writeExport(batch, { pipeline, now: io.now() });
        const bytes = isJson ? Buffer.from(wholeJson(logs)) : encodeLogs(logs);
        const body = new Uint8Array(given.compression === 'gzip' ? gzipSync(bytes) : bytes);
        return { method: 'POST', url: findPath(given.url), headers, body };
      },
      ({ bytes = new Uint8Array() }) => {
        const refused = readPartialSuccess(bytes, isJson);
        return { ok: true, ...(refused && { refused }) };
      },
    );
    return openShipment(given, context, { carry });
  },
});
