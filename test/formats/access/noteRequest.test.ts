import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { noteRequest } from '../../../src/formats/access/noteRequest.ts';

/** What is added to the record, and the text it gets when it has none. */
function noted(record: JsonObject, message?: string): { added: JsonObject; text: string | undefined } {
  const metadata = { ...record };
  const text = noteRequest(metadata, message);
  return { added: Object.fromEntries(Object.entries(metadata).filter(([name]) => !Object.hasOwn(record, name))), text };
}

describe('request fields', () => {
  const table: [what: string, record: JsonObject, added: JsonObject][] = [
    ['flat names', { method: 'GET', uri: '/a', status: 502 }, { path: '/a' }],
    ['a request line', { request: 'GET /a HTTP/1.1', status: '502' }, { method: 'GET', path: '/a' }],
    [
      'request and answer as objects',
      { req: { method: 'GET', url: '/a' }, res: { statusCode: 502 } },
      { method: 'GET', path: '/a', status: 502 },
    ],
    [
      'nested in three',
      { http: { request: { method: 'get' }, response: { status_code: 502 } }, url: { path: '/a' } },
      { method: 'GET', path: '/a', status: 502 },
    ],
    [
      'dotted names',
      { 'http.request.method': 'GET', 'url.path': '/a', 'http.response.status_code': 502 },
      { method: 'GET', path: '/a', status: 502 },
    ],
    [
      'columns of W3C',
      { 'cs-method': 'GET', 'cs-uri-stem': '/a', 'sc-status': '502', 'sc-substatus': '0' },
      { method: 'GET', path: '/a', status: 502 },
    ],
    ['an audit', { verb: 'get', requestURI: '/a', responseStatus: { code: 403 } }, { method: 'GET', path: '/a', status: 403 }],
    [
      'an audit with a verb of its own',
      { verb: 'list', requestURI: '/a', responseStatus: { code: 403 } },
      { method: 'LIST', path: '/a', status: 403 },
    ],
    ['a code of gRPC in words', { 'grpc.code': 'Unavailable' }, { status: 'grpc_status=Unavailable' }],
    ['words that are no status', { method: 'GET', path: '/a', status: 'firing' }, {}],
    ['a status beside another status', { status: 'failed', http_status: 502 }, {}],
    ['an exit code', { exitCode: 137 }, { status: 'exit_code=137' }],
    ['what is asked without an answer', { method: 'GET', url: '/a' }, {}],
    ['a referrer is no path', { method: 'GET', referer_url: 'https://x.example/', status: 200 }, {}],
    ['nothing', { a: 1, b: null, c: [1, { status: 500 }] }, {}],
  ];
  for (const [what, record, added] of table) it(`are found: ${what}`, () => expect(noted(record, 'm').added).to.deep.equal(added));

  it('make the text of a record that has none', () => {
    expect(noted({ method: 'GET', uri: '/a?b=1', status: 502, bytes: 157 }).text).to.equal('GET /a?b=1 502');
    expect(noted({ bytes: 157 }).text).to.equal(undefined);
  });

  it('are found in a message that is an access line', () =>
    expect(noted({ level: 'info' }, 'GET /a (502) 63.1ms').added).to.deep.equal({
      method: 'GET',
      path: '/a',
      status: 502,
      duration_ms: 63.1,
    }));
});
