import type { JsonObject } from '../../../event.ts';
import { isObject } from '../../../base/isObject.ts';

import { parseJson, type Protocol } from './protocol.ts';

const whole = (fields: JsonObject) => ({ line: null, time: null, group: null, fields });

/** CloudEvents 1.0 over HTTP: structured, in batches, and in binary mode with its attributes in headers. */
export const cloudEvents: Protocol = {
  name: 'cloudevents',
  matches: ({ headers }) =>
    headers['ce-specversion'] !== undefined || (headers['content-type'] ?? '').startsWith('application/cloudevents'),
  decode(body, { headers }) {
    if (headers['ce-specversion'] === undefined) {
      const json = parseJson(body);
      return (Array.isArray(json) ? json : [json]).map((event) => {
        if (!isObject(event)) throw new SyntaxError('expected an object');
        return whole(event);
      });
    }
    const attributes = Object.entries(headers).filter(([name]) => name.startsWith('ce-'));
    const event: JsonObject = Object.fromEntries(attributes.map(([name, value]) => [name.slice(3), decodeURIComponent(String(value))]));
    event.data = /json/.test(headers['content-type'] ?? '') ? parseJson(body) : body.toString('utf8');
    return [whole(event)];
  },
  answer: () => ({ status: 204, body: null }),
};
