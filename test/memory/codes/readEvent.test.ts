import { expect } from 'chai';
import { toIso, type JsonObject } from '../../../src/event.ts';
import { readEvent, type Reading } from '../../../src/memory/codes/readEvent.ts';

const read = (text: string, metadata: JsonObject): Reading | null =>
  readEvent({ id: 'e', timestamp: toIso(0), source: 's', group_id: 'g', text, metadata });
const request = (text: string): Reading => ({ text, request: true });
const beside = (text: string): Reading => ({ text, request: false });

describe('how an event is read', () => {
  const cases: [name: string, text: string, metadata: JsonObject, Reading | null][] = [
    ['as its text without a status', 'it works', { method: 'GET', path: '/a' }, null],
    ['with a code of gRPC by its name as with its number', 'done', { status: 'grpc_status=Unavailable' }, beside('done grpc_status=14')],
    ['so with one in capitals', 'done', { status: 'grpc_status=DEADLINE_EXCEEDED' }, beside('done grpc_status=4')],
    ['with a name that is no code of gRPC as it is', 'done', { status: 'grpc_status=Gone' }, beside('done grpc_status=Gone')],
    [
      'as its request with one',
      'request completed',
      { method: 'get', path: '/orders/17?page=2', status: 502 },
      request('GET /orders/17 502 request completed'),
    ],
    [
      'as a request alone where its text repeats it',
      'GET /a HTTP/1.1',
      { method: 'GET', path: '/a', status: '200' },
      request('GET /a 200'),
    ],
    [
      'with the path of a whole address',
      'done',
      { method: 'PUT', path: 'https://shop.example/a#top', status: 204 },
      request('PUT /a 204 done'),
    ],
    [
      'with the root of an address without a path',
      'done',
      { method: 'GET', path: 'https://shop.example', status: 200 },
      request('GET / 200 done'),
    ],
    ['with its status beside the text where no path is named', 'done', { method: 'GET', status: 500 }, beside('done status=500')],
    ['with its status beside the text where the verb is none', 'done', { method: 'G', path: '/a', status: 500 }, beside('done status=500')],
    ['with another code beside the text', 'job ended', { status: 'exit_code=137' }, beside('job ended exit_code=137')],
    ['as its text where that names the code', 'job ended exit_code=137', { status: 'exit_code=137' }, null],
    ['as its text where the status is no code', 'done', { status: 'pending' }, null],
    ['as its text where the status is no text', 'done', { status: { code: 5 } }, null],
    ['as its text where the number is no status', 'done', { status: 99 }, null],
  ];
  for (const [name, text, metadata, reading] of cases)
    it(name, () => {
      expect(read(text, metadata)).to.deep.equal(reading);
    });

  it('with no more than the beginning of a path without end', () => {
    expect(read('x', { method: 'GET', path: `/${'a'.repeat(5000)}`, status: 200 })!.text.length).to.be.below(1100);
  });
});
