import { expect } from 'chai';
import { allCapitals, hexLike, inPath, nameLike, wordLike } from '../../../src/memory/templates/names.ts';

const kinds: [what: string, test: (text: string) => boolean, yes: string[], no: string[]][] = [
  ['a name', nameLike, ['a.b', 'read_timeout', 'node1x', 'a/b', 'x@y'], ['READ_TIMEOUT', 'word', '.b', 'b.', 'node1', 'A.B', '']],
  ['a word to read', wordLike, ['word', 'Word', 'READ_TIMEOUT', 'größe'], ['a.b', 'node1', '12', '']],
  ['a hex id of letters', hexLike, ['facade', 'DEADBEEF'], ['abc', 'facades', 'a1b2c3', '']],
  ['a constant', allCapitals, ['SIGTERM', 'READ_TIMEOUT', '_'], ['Sigterm', 'SIG15', '']],
];

describe('the spelling of a token', () => {
  for (const [what, test, yes, no] of kinds)
    it(`is that of ${what}, or is not`, () => {
      for (const text of yes) expect(test(text), text).to.equal(true);
      for (const text of no) expect(test(text), text).to.equal(false);
    });

  it('says nothing of a part of a path: a slash stands before it', () =>
    expect([inPath(['', '/', ' '], 1), inPath(['', '/', ' '], 2), inPath(['GET /'], 0)]).to.deep.equal([true, false, true]));
});
