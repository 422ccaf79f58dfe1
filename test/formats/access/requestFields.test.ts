import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { findRequestFields, isRequestField } from '../../../src/formats/access/requestFields.ts';

describe('the fields of a request', () => {
  it('are told by their names, however those are written', () => {
    for (const name of [
      'method',
      'HTTP_METHOD',
      'cs-method',
      'res.statusCode',
      'sc-status',
      'url.path',
      'exit_code',
      'grpc-status',
      'SQLState',
    ])
      expect(isRequestField(name), name).to.equal(true);
    for (const name of ['substatus', 'order_status', 'file_path', 'statuses', '', 'x'.repeat(81) + 'method'])
      expect(isRequestField(name), name).to.equal(false);
  });

  const cases: [what: string, record: JsonObject, found: object][] = [
    ['a status has three digits, the first from 1 to 5', { status: 99 }, {}],
    ['a status in digits is a number', { status: '404' }, { status: 404 }],
    ['600 is no status', { status: 600 }, {}],
    ['a path begins with a slash or is a URL', { path: 'orders' }, {}],
    ['a URL is a path', { url: 'https://x.example/a' }, { path: 'https://x.example/a' }],
    ['a verb is a method', { verb: 'list' }, { method: 'LIST' }],
    ['a sentence is no method', { method: 'by hand' }, {}],
    ['a code of SQL has five characters', { sqlstate: '40P01' }, { code: 'sqlstate=40P01' }],
    ['four are none', { sqlstate: '40P0' }, {}],
    ['an exit code may be negative', { exitCode: -9 }, { code: 'exit_code=-9' }],
    ['the first code counts', { exit_code: 1, errno: 2 }, { code: 'exit_code=1' }],
    [
      'the first field of a kind counts, and the first that can be one',
      { status: 'up', response_code: 502, status_code: 404 },
      { status: 502 },
    ],
    ['a request line is one of a method that is known', { request: 'PLAY /a RTSP/1.0' }, {}],
    ['what stands by itself goes before a request line', { path: '/b', request: 'GET /a HTTP/1.1' }, { path: '/b', method: 'GET' }],
    ['three deep', { a: { b: { http_status: 500 } } }, { status: 500 }],
    ['and no deeper', { a: { b: { c: { http_status: 500 } } } }, {}],
    ['not in lists', { a: [{ status: 500 }] }, {}],
    ['no value is no field', { status: null }, {}],
  ];
  for (const [what, record, found] of cases) it(what, () => expect(findRequestFields(record)).to.deep.equal(found));

  it('are looked for among 128 fields, the others come from a record without an end', () => {
    const filler = (many: number) => Object.fromEntries(Array.from({ length: many }, (_, i) => [`f${i}`, i]));
    expect(findRequestFields({ ...filler(127), status: 500 })).to.deep.equal({ status: 500 });
    expect(findRequestFields({ ...filler(128), status: 500 })).to.deep.equal({});
  });
});
