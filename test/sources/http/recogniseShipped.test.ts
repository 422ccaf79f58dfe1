import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../src/event.ts';
import { recogniseShipped } from '../../../src/sources/http/shippers/recogniseShipped.ts';

const lines = (json: unknown) => recogniseShipped(json as Json)?.map(({ line, group }) => [line, group]) ?? null;
const delivery = {
  messageType: 'DATA_MESSAGE',
  logGroup: '/shop',
  logStream: 's',
  logEvents: [{ id: '1', timestamp: 1773481863000, message: 'a' }],
};

describe('a body of a shipper that came to no path of its own', () => {
  it('is known by what is in it', () => {
    expect(lines({ streams: [{ stream: { app: 'cart' }, values: [['1773481863157000000', 'a']] }] })).to.deep.equal([['a', 'cart']]);
    expect(lines({ streams: [{ labels: '{app="cart"}', entries: [{ ts: '2026-03-14T09:51:03Z', line: 'a' }] }] })).to.deep.equal([
      ['a', 'cart'],
    ]);
    expect(lines({ time: 1773481863.1, source: 'nginx', event: 'a' })).to.deep.equal([['a', 'nginx']]);
    expect(lines([{ host: 'h', event: 'a' }, { host: 'h', event: 'b' }])).to.deep.equal([['a', 'h'], ['b', 'h']]); // prettier-ignore
    expect(lines(delivery)).to.deep.equal([['a', '/shop']]);
    const data = gzipSync(JSON.stringify(delivery)).toString('base64');
    expect(lines({ requestId: 'r', timestamp: 1, records: [{ data }] })).to.deep.equal([['a', '/shop']]);
  });

  it('may be packed lines in a delivery of Firehose', () => {
    const data = gzipSync('a\nb\n').toString('base64');
    expect(lines({ requestId: 'r', timestamp: 1, records: [{ data }] })).to.deep.equal([['a', null], ['b', null]]); // prettier-ignore
  });

  it('is none where something else is called alike', () => {
    for (const json of [
      { streams: 3 },
      { streams: [{ name: 'a' }] },
      { requestId: 'r', records: [{ id: 1 }] },
      { event: 'login', user: 'a' },
      { event: 'login', source: 'web', user: 'a' },
      { event: 'login' },
      [],
      null,
      'x',
    ])
      expect(lines(json)).to.equal(null);
  });

  it('never throws', () => fc.assert(fc.property(fc.jsonValue(), (json) => void recogniseShipped(json as Json))));
});
