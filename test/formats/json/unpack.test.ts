import { expect } from 'chai';
import { splitObjects, unpack } from '../../../src/formats/json/unpack.ts';
import type { Json } from '../../../src/event.ts';

const records = (document: Json) => unpack(JSON.stringify(document), document)?.map(({ record }) => record) ?? null;
const one = { time: 't', message: 'a' };
const two = { time: 't', message: 'b' };

describe('the records in a JSON document', () => {
  const cases: [what: string, document: Json, found: Json[] | null][] = [
    ['of an array of objects', [one, two], [one, two]],
    ['of an empty array none', [], null],
    ['of an array of values none', [one, 3], null],
    ['of an object around one list', { Records: [one, two] }, [one, two]],
    ['with what the envelope says in words', { host: 'h', n: 3, items: [one] }, [{ host: 'h', ...one }]],
    ['two objects deep', { a: { b: { events: [one] } } }, [one]],
    ['and no deeper', { a: { b: { c: { events: [one] } } } }, null],
    ['a document with a text is one record', { message: 'x', items: [one] }, null],
    ['an inner object with a time is one too', { a: { time: 't', items: [one] } }, null],
    ['of two lists neither', { a: [one], b: [two] }, null],
    ['a list of other things holds none', { a: [{ x: 1 }] }, null],
    ['a flat object is one record', { a: 1 }, null],
    ['a value is none', 3, null],
    [
      'streams of Loki, and those of a query',
      { data: { result: [{ stream: { app: 'x' }, values: [['1', 'line']] }] } },
      [{ timestamp: '1', message: 'line', labels: { app: 'x' } }],
    ],
    ['streams whose values are none', { streams: [{ values: [['1', 2]] }] }, null],
  ];
  for (const [what, document, found] of cases) it(what, () => expect(records(document)).to.deep.equal(found));

  it('stand where they stand in the text', () => {
    const text = ' {"n": 1, "items": [ {"message":"a"} , {"message":"b"}]}';
    const found = unpack(text, JSON.parse(text) as Json)!;
    expect(found.map(({ raw }) => raw)).to.deep.equal(['{"message":"a"}', '{"message":"b"}']);
    expect(found.map(({ from, to }) => text.slice(from, to))).to.deep.equal(found.map(({ raw }) => raw));
  });
});

describe('objects one behind the other', () => {
  it('are records each, with their places', () => {
    expect(splitObjects(' {"a":1} {"a":"} {"}')?.map(({ record, from }) => [record, from])).to.deep.equal([
      [{ a: 1 }, 1],
      [{ a: '} {' }, 9],
    ]);
  });

  it('are none where there is one, or anything else between them', () => {
    for (const text of ['{"a":1}', '{"a":1} x {"b":2}', '{"a":1} [2] {"b":2}', '{"a":1} {"b":', '{"a":"} {"}'])
      expect(splitObjects(text), text).to.equal(null);
  });
});
