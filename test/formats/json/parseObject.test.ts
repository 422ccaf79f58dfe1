import { expect } from 'chai';
import fc from 'fast-check';
import { parseJson, parseObject } from '../../../src/formats/json/parseObject.ts';

describe('a text of JSON', () => {
  const read: [text: string, value: unknown][] = [
    ['{"a":NaN,"b":[-Infinity]}', { a: null, b: [null] }],
    ['{"a":"NaN, Infinity","b":NaN}', { a: 'NaN, Infinity', b: null }],
    ['{"a":[1,2,],}', { a: [1, 2] }],
    ['{"a":", ]","b":1,}', { a: ', ]', b: 1 }],
    ['{"a":1},', { a: 1 }],
    ['{"a":1} ,  ', { a: 1 }],
    ['3', 3],
  ];
  for (const [text, value] of read) it(`${text} is a value`, () => expect(parseJson(text)).to.deep.equal(value));

  for (const text of ['{"a":nan}', '{"a":1,,}', 'NaNo', '', '{"a":1', `${'['.repeat(300)}${']'.repeat(300)}`])
    it(`${text.slice(0, 12)} is none`, () => expect(parseJson(text)).to.equal(undefined));

  it('is read as JSON.parse reads it where that does (property)', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        expect(parseJson(text)).to.deep.equal(JSON.parse(text));
      }),
    );
  });
});

describe('a line that is an object', () => {
  it('begins with a brace, blanks in front or not, and is no list and no value', () => {
    expect([' {"a":1}', '{"a":1}', '[{"a":1}]', '3', 'x {"a":1}'].map(parseObject)).to.deep.equal([{ a: 1 }, { a: 1 }, null, null, null]);
  });

  it('may be printed as other languages do, but not cut off', () => {
    expect(parseObject("{'msg': 'x', 'n': 1}")).to.deep.equal({ msg: 'x', n: 1 });
    expect(parseObject("{'msg': 'x'")).to.equal(null);
  });
});
