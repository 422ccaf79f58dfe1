import type { Json, JsonObject } from '../../../event.ts';
import { isObject } from '../../../base/isObject.ts';

import { parseJson, type Protocol, type Shipped } from './protocol.ts';

const bulk = /^(?:\/([^/]+))?\/_bulk$/;

const greetings: Readonly<Record<string, Json>> = {
  '/': {
    name: 'caducus',
    cluster_name: 'caducus',
    version: { number: '8.17.0', build_flavor: 'default' },
    tagline: 'You Know, for Search',
  },
  '/_license': { license: { status: 'active', type: 'basic', mode: 'basic', uid: 'caducus' } },
};

/** Actions and documents of a bulk body, line by line; deletions bring none. */
function* actions(body: Buffer): Generator<{ action: 'index' | 'create' | 'update' | 'delete'; meta: JsonObject; document: Json | null }> {
  const lines = body.toString('utf8').split('\n');
  for (let i = 0; i < lines.length; i += 1) {
    if (lines[i]!.trim() === '') continue;
    const json = parseJson(lines[i]!);
    const action = (['index', 'create', 'update', 'delete'] as const).find((name) => isObject(json) && isObject(json[name]));
    if (action === undefined) throw new SyntaxError(`line ${i + 1}: expected an action such as {"create":{}}`);
    const meta = (json as Record<string, JsonObject>)[action]!;
    const document = action === 'delete' ? null : parseJson(lines[(i += 1)] ?? '');
    yield { action, meta, document };
  }
}

/** Elasticsearch's bulk API, as Filebeat, Vector, Fluent Bit, Logstash and the OpenTelemetry Collector use it. */
export const elasticsearch: Protocol = {
  name: 'elasticsearch',
  matches: ({ path, method }) => bulk.test(path) || ((method === 'GET' || method === 'HEAD') && (path === '/' || path.startsWith('/_'))),
  // Shippers ask for the version before they send.
  greet: ({ path, method }) =>
    method === 'GET' || method === 'HEAD' ? (greetings[path] ?? { status: 'green', cluster_name: 'caducus' }) : null,
  decode: (body, { path }) =>
    [...actions(body)].flatMap(({ meta, document }): Shipped[] => {
      if (document === null) return [];
      const doc = isObject(document) && isObject(document.doc) ? document.doc : document;
      if (!isObject(doc)) throw new SyntaxError('expected an object after an action');
      const index = typeof meta._index === 'string' ? meta._index : (bulk.exec(path)?.[1] ?? null);
      const id = typeof meta._id === 'string' ? { id: meta._id } : {};
      return [{ ...id, line: null, time: null, group: null, fields: index === null ? doc : { ...doc, _index: index } }];
    }),
  answer: (_kept, body) => ({
    status: 200,
    body: {
      took: 0,
      errors: false,
      items: [...actions(body)].map(({ action }) => ({ [action]: { status: action === 'delete' ? 404 : 201 } })),
    },
  }),
};
