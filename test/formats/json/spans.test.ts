import { expect } from 'chai';
import fc from 'fast-check';
import { elementSpans, memberAt, skipSpace, valueEnd } from '../../../src/formats/json/spans.ts';

describe('the places of values in a JSON text', () => {
  it('end behind their last character, whatever strings hold', () => {
    for (const value of ['{"a":"}"}', '["]",{"b":[1]}]', '"a\\"b"', '"\\\\"', '-1.5e3', 'true', '{}', '[]'])
      for (const behind of ['', ',1', ']', ' }']) expect(valueEnd(value + behind, 0), value + behind).to.equal(value.length);
  });

  it('are those of the elements of an array (property)', () => {
    const space = fc.constantFrom('', ' ', '\n\t');
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 }), space, (values, blank) => {
        const text = `x[${blank}${values.map((value) => JSON.stringify(value)).join(`${blank},${blank}`)}${blank}]`;
        const spans = elementSpans(text, 1);
        expect(spans.map(({ from, to }) => text.slice(from, to))).to.deep.equal(values.map((value) => JSON.stringify(value)));
      }),
    );
  });

  it('are found by the key, the last where it stands twice', () => {
    const text = ' { "a\\u0062" : 1, "b":{"c":2}, "b" : [3] }';
    const at = skipSpace(text, 0);
    const part = (key: string) => {
      const from = memberAt(text, at, key);
      return from < 0 ? null : text.slice(from, valueEnd(text, from));
    };
    expect([part('ab'), part('b'), part('c')]).to.deep.equal(['1', '[3]', null]);
    expect(memberAt('{}', 0, 'a')).to.equal(-1);
  });
});
