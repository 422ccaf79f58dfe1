import { isObject } from '../../../base/isObject.ts';
import type { Json } from '../../../event.ts';
import { readDelivery } from './firehose.ts';
import { readStreams } from './loki.ts';
import type { Shipped } from './protocol.ts';
import { readEvent } from './splunk.ts';
import { readLogEvents } from './subscription.ts';

/** What an event of Splunk's collector has, and nothing else. */
const eventFields = new Set(['time', 'host', 'source', 'sourcetype', 'index', 'event', 'fields']);

/**
 * Records of a shipper in a body that came to no path of its own, by what is in it: streams of Loki, events of Splunk's
 * collector, deliveries of CloudWatch Logs and Firehose. null for other JSON.
 */
export function recogniseShipped(json: Json): Shipped[] | null {
  const list = Array.isArray(json) ? json : [json];
  if (list.length > 0 && list.every((one) => isSplunk(one))) return list.map((event) => readEvent(event));
  if (!isObject(json)) return null;
  const { streams, requestId, records } = json;
  try {
    if (Array.isArray(streams) && streams.length > 0) return readStreams(streams);
    if (typeof requestId === 'string' && Array.isArray(records)) return readDelivery(json);
  } catch (error) {
    // Named alike, but another thing.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return readLogEvents(json);
}

const isSplunk = (json: Json): boolean =>
  isObject(json) &&
  json.event !== undefined &&
  json.event !== null &&
  (json.sourcetype !== undefined || json.host !== undefined || json.source !== undefined) &&
  Object.keys(json).every((name) => eventFields.has(name));
