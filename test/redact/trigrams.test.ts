import { expect } from 'chai';
import { Trigrams } from '../../src/redact/trigrams.ts';

const search = new Trigrams([
  { finds: 1, beginnings: ['key'], expression: /keys?=/iy },
  { finds: 2, beginnings: ['key', '_v1'], expression: /(?:key)?_v\d/y },
]);

describe('Trigrams', () => {
  it('finds what stands where a beginning stands', () => {
    const found = (text: string) => search.find(text);
    expect(['key=1', 'the KEYS=2', 'a keyhole', 'x_v7', 'key= key_v1', 'key_v1 key='].map(found)).to.deep.equal([1, 1, 0, 2, 3, 3]);
  });

  it('takes letters of both cases for one, and no character beyond ASCII for a letter', () => {
    expect(['Key=', 'kEYs='].map((text) => search.find(text))).to.deep.equal([1, 1]);
    expect(['ke', 'k-e-y=', 'ĸey=', 'ｋｅｙ=', ''].map((text) => search.find(text))).to.deep.equal([0, 0, 0, 0, 0]);
  });
});
