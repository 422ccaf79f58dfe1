import type { Json, JsonObject } from '../../../event.ts';
import { isObject } from '../../../base/isObject.ts';

import { pickFields } from '../../../formats/json/jsonRecord.ts';
import { epochMs } from '../../../formats/time/epoch.ts';
import { podGroup } from '../../../formats/json/podGroup.ts';
import { splitDocuments } from './splitDocuments.ts';
import { parseJson, type Protocol, type Shipped } from './protocol.ts';

const paths = /^\/services\/collector(\/(event|raw|health)(\/1\.0)?)?$/;

/** One event: `{ time, host, source, sourcetype, index, event, fields }`. */
export function readEvent(json: Json): Shipped {
  if (!isObject(json) || json.event === undefined || json.event === null) throw new SyntaxError('expected an object with an event');
  const { time, event, fields, source, ...meta } = json;
  // Seconds, though some send milliseconds.
  const at = typeof time === 'number' || (typeof time === 'string' && time.trim() !== '') ? epochMs(Number(time)) : Number.NaN;
  const beside: JsonObject = { ...meta, ...(isObject(fields) && fields) };
  const whole = isObject(event) ? { ...beside, ...event } : beside;
  const pod = podGroup(whole, 'container_name', '');
  // What an object calls its service is nearer to it than the file or the host that it came from.
  const names = pod === null && isObject(event) && pickFields(event, {}).roles.component !== undefined;
  const group = [pod, source, json.sourcetype, json.host].find((name) => typeof name === 'string' && name !== '');
  return {
    line: typeof event === 'string' ? event : null,
    time: Number.isFinite(at) ? Math.round(at) : null,
    group: typeof group === 'string' && !names ? group : null,
    fields: isObject(event) ? whole : typeof event === 'string' ? beside : { ...beside, message: JSON.stringify(event) },
  };
}

/** Splunk's HTTP Event Collector: events one after the other, or raw lines. */
export const splunk: Protocol = {
  name: 'splunk',
  matches: ({ path }) => paths.test(path),
  greet: ({ path }) => (path.includes('/health') ? { text: 'HEC is healthy', code: 17 } : null),
  token: ({ headers }) => /^Splunk (.+)$/.exec(headers.authorization ?? '')?.[1],
  decode(body, { path, query }) {
    const text = body.toString('utf8');
    if (!path.includes('/raw')) return splitDocuments(text).map((document) => readEvent(parseJson(document)));
    const group = query.get('source') ?? query.get('sourcetype') ?? query.get('host');
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => ({ line, time: null, group, fields: {} }));
  },
  answer: () => ({ status: 200, body: { text: 'Success', code: 0 } }),
};
