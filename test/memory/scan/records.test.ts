import { expect } from 'chai';
import fc from 'fast-check';
import { joinRecords } from '../../../src/memory/scan/records.ts';
import { CONST, VAR } from '../../../src/memory/scan/shape.ts';
import { hashWord } from '../../../src/memory/scan/words.ts';

const value = 42;

/** The words of a text, `*` a value, with the records of lists told once. */
function joined(text: string): string {
  const words = text.split(' ');
  const row = {
    length: words.length,
    kind: Int8Array.from(words, (word) => (word === '*' ? VAR : CONST)),
    hash: Int32Array.from(words, (word) => (word === '*' ? value : hashWord(word))),
  };
  joinRecords(row, value, (at, count) => {
    words.splice(at, count);
    row.kind.copyWithin(at, at + count, row.length);
    row.hash.copyWithin(at, at + count, row.length);
    row.length -= count;
  });
  return words.join(' ');
}

describe('records of a list in a line', () => {
  const cases: Record<string, string> = {
    'node * ok node * ok': 'node * ok',
    'nodes node * ok node * ok node * ok end': 'nodes node * ok end',
    'a a a': 'a a a',
    'a b a b': 'a b a b',
    'id * id * id *': 'id *',
    'a b c * a b c *': 'a b c *',
    'a b c d * a b c d *': 'a b c d * a b c d *',
    'node * ok node * bad': 'node * ok node * bad',
  };
  for (const [text, wanted] of Object.entries(cases)) it(text, () => expect(joined(text)).to.equal(wanted));

  it('are as good as one, however many there are (property)', () => {
    const record = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(record, fc.integer({ min: 1, max: 9 }), (words, many) => {
        const one = ['*', ...new Set(words)].slice(0, 4).join(' ');
        expect(joined(Array(many).fill(one).join(' '))).to.equal(one);
      }),
    );
  });
});
