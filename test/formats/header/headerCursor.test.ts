import { expect } from 'chai';
import { behindDash, columnEnds, levelFollows, lettersEnd } from '../../../src/formats/header/headerCursor.ts';

describe('what stands behind a part of a header', () => {
  it('is a dash with blanks around it, one or two', () => {
    expect([' - x', '  -- x', '- x', ' -x', ' --- x'].map((text) => behindDash(text, 0))).to.deep.equal([2, 4, -1, -1, -1]);
  });

  it('is a level: a word no sentence begins with, or any in a sign', () => {
    for (const text of ['INFO x', ' warn x', '[error] x', '< Error> x', 'Error: x']) expect(levelFollows(text, 0), text).to.equal(true);
    for (const text of ['Error opening', '- INFO', 'informally', '']) expect(levelFollows(text, 0), text).to.equal(false);
  });

  it('is a column: two blanks, or a tab', () => {
    expect(['  x', '\tx', ' \tx', ' x', ''].map((text) => columnEnds(text, 0))).to.deep.equal([true, true, true, false, false]);
  });

  it('is a run of letters, at most fifteen', () => {
    expect([lettersEnd('abC1', 0), lettersEnd('x'.repeat(20), 0), lettersEnd('', 0)]).to.deep.equal([3, 15, 0]);
  });
});
