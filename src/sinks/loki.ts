import { z } from 'zod';
import { recordText } from '../base/recordText.ts';
import type { JsonObject } from '../event.ts';
import { readSecret } from '../io/readNamed.ts';
import { groupedBy } from '../base/groupedBy.ts';
import type { Parcel } from './shipping/parcel.ts';
import { httpAddress } from './shipping/httpAddress.ts';
import { poster } from './shipping/post.ts';
import { openShipment, shipmentOptions } from './shipping/shipmentSink.ts';
import { defineSink, selectOption } from './sink.ts';
import { wholeJson } from './webhook/wholeJson.ts';
import { reachable } from './webhook/reachable.ts';

const label = z.string().regex(/^[A-Za-z_]\w*$/, 'expected letters, digits and underscores, the first of them no digit');

const options = z.strictObject({
  select: selectOption(['finding', 'radar']),
  url: httpAddress.describe('Address of Loki, such as http://loki:3100; /loki/api/v1/push is put behind it where it names no path.'),
  labels: z.record(label, z.string()).default({}).describe('Further labels of all that is sent, such as the environment.'),
  tenant: z.string().min(1).optional().describe('X-Scope-OrgID, where Loki has several tenants.'),
  token: z.string().min(1).optional().describe('Sent as "Authorization: Bearer <token>".'),
  tokenFile: z.string().min(1).optional().describe('File with the token, in place of token.'),
  headers: z.record(z.string(), z.string()).default({}).describe('Further headers, such as Authorization for Basic.'),
  ...shipmentOptions,
});

const findPath = (url: string): string => (new URL(url).pathname === '/' ? new URL('/loki/api/v1/push', url).href : url);

/** Few and of few values, since each set of them is a stream. */
function writeLabels({ kind, record }: Parcel, pipeline: string): JsonObject {
  const { severity, state } = record;
  return {
    service_name: 'caducus',
    pipeline,
    kind,
    ...(typeof severity === 'string' && { severity }),
    ...(kind === 'finding' && typeof state === 'string' && { state }),
  };
}

/** Loki's own body for a push: streams, and in each its lines with times in nanoseconds. Source: Loki HTTP API, "Ingest logs". */
export function writePush(batch: readonly Parcel[], pipeline: string, further: Readonly<Record<string, string>>): JsonObject {
  const streams = groupedBy(batch, (parcel) => JSON.stringify({ ...writeLabels(parcel, pipeline), ...further }));
  return {
    streams: [...streams].map(([labels, parcels]) => ({
      stream: JSON.parse(labels) as JsonObject,
      values: parcels.map(({ time, record }) => [`${Math.max(0, Math.round(time))}000000`, recordText(record)]),
    })),
  };
}

/**
 * Pushes findings, radars and events to Loki, as lines of JSON with the labels service_name, pipeline, kind, severity and
 * state. Records go in their order, in batches; what waits is part of the checkpoint. What is sent again after a crash Loki
 * knows by its labels, time and text, and keeps once. What Loki refuses, such as lines older than it takes, is counted as
 * failed with its words.
 *
 * Throws CAD011 when the file of the token cannot be read.
 */
export const loki = defineSink({
  name: 'loki',
  summary: 'Pushes findings, radars and events to Loki as lines of JSON.',
  options,
  probe: (given, { io, id }) => reachable(io.net, given.url, id),
  async open(given, context) {
    const { io, id, pipeline } = context;
    const token = await readSecret(io.files, given.token, given.tokenFile, `sinks.${id}`);
    const headers = {
      'content-type': 'application/json',
      ...(given.tenant !== undefined && { 'X-Scope-OrgID': given.tenant }),
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...given.headers,
    };
    const carry = poster(io, (batch) => ({
      method: 'POST',
      url: findPath(given.url),
      headers,
      body: wholeJson(writePush(batch, pipeline, given.labels)),
    }));
    return openShipment(given, context, { carry });
  },
});
