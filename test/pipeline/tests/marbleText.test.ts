import { expect } from 'chai';
import fc from 'fast-check';
import { drawMarbles, MarbleError, parseMarbles } from '../../../src/pipeline/tests/marbleText.ts';

const marks = (text: string) => parseMarbles(text).marks.map(({ frame, letter }) => `${letter}@${frame}`);

describe('marbles in a pipeline file', () => {
  it('are a character a frame; a group happens at its first and takes as many as it has characters', () => {
    expect(marks('a-b--(cd)e')).to.deep.equal(['a@0', 'b@2', 'c@5', 'd@5', 'e@9']);
    expect(parseMarbles('a--|').end).to.equal(3);
    expect(parseMarbles('a-(b|)').end).to.equal(2);
    expect(parseMarbles('a--').end).to.equal(null);
  });

  it('may have blanks for the eye', () => expect(marks('a- b')).to.deep.equal(['a@0', 'b@2']));

  for (const [text, at, says] of [
    ['a-(b', 2, 'not closed'],
    ['a)', 1, 'without "("'],
    ['((a))', 1, 'a group inside a group'],
    ['a-#', 2, 'is no marble'],
  ] as const)
    it(`${text} cannot be read: ${says}, at column ${at + 1}`, () => {
      expect(() => parseMarbles(text))
        .to.throw(MarbleError, says)
        .with.property('at', at);
    });

  it('are read as they were drawn', () => {
    const gaps = fc.array(fc.tuple(fc.constantFrom(...'abcXYZ'), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(gaps, (drawn) => {
        let frame = -1;
        const placed = drawn.map(([letter, gap]) => ({ letter, frame: (frame += gap) }));
        expect(parseMarbles(drawMarbles(placed, frame + 1))).to.deep.equal({ marks: placed, end: frame + 1 });
      }),
    );
  });
});
