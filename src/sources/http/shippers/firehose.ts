import type { Json } from '../../../event.ts';
import { isObject } from '../../../base/isObject.ts';

import { parseJson, type Protocol, type Shipped } from './protocol.ts';
import { readSubscription, unpack } from './subscription.ts';

/** The lines of a record that is no delivery of CloudWatch Logs. */
function readLines(bytes: Buffer): Shipped[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ line, time: null, group: null, fields: {} }));
}

const requestIn = (json: Json): { requestId: string; timestamp: number; records: Buffer[] } => {
  if (!isObject(json) || typeof json.requestId !== 'string' || !Array.isArray(json.records))
    throw new SyntaxError('expected requestId and records');
  const records = json.records.map((record) => {
    if (!isObject(record) || typeof record.data !== 'string') throw new SyntaxError('expected data in a record');
    return Buffer.from(record.data, 'base64');
  });
  return { requestId: json.requestId, timestamp: Number(json.timestamp ?? 0), records };
};

/** The records of a request of Firehose. Throws a SyntaxError for JSON that is none. */
export const readDelivery = (json: Json): Shipped[] =>
  requestIn(json).records.flatMap((bytes) => readSubscription(bytes) ?? readLines(unpack(bytes) ?? bytes));

/** Amazon Data Firehose to an HTTP endpoint: records in base64, among them what CloudWatch Logs delivers. */
export const firehose: Protocol = {
  name: 'firehose',
  matches: ({ headers }) => headers['x-amz-firehose-protocol-version'] !== undefined,
  token: ({ headers }) => headers['x-amz-firehose-access-key'] as string | undefined,
  decode: (body) => readDelivery(parseJson(body)),
  answer(_kept, body) {
    const { requestId, timestamp } = requestIn(parseJson(body));
    return { status: 200, body: { requestId, timestamp } };
  },
};
