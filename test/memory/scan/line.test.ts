import { expect } from 'chai';
import fc from 'fast-check';
import { Line } from '../../../src/memory/scan/line.ts';

describe('a line as bytes', () => {
  it('of ASCII has the same places in both', () => {
    const line = new Line(16);
    line.read('abc');
    expect([line.length, line.cut, line.place(2), line.place(3)]).to.deep.equal([3, false, 2, 3]);
  });

  it('leads back from each byte to the character it is of', () => {
    const line = new Line(32);
    line.read('aö日\u3000b');
    expect(line.length).to.equal(9);
    expect([0, 1, 3, 4, 7, 8, 9].map((at) => line.place(at))).to.deep.equal([0, 1, 1, 2, 3, 4, 5]);
    expect(line.bytes[7]).to.equal(32);
  });

  it('is cut at the room there is, never within a character', () => {
    const line = new Line(4);
    line.read('abcde');
    expect([line.length, line.cut]).to.deep.equal([4, true]);
    line.read('abö日');
    expect(line.cut).to.equal(true);
    expect(line.place(line.length)).to.be.below(4);
  });

  it('has blanks behind its end, whatever the line before it was (property)', () => {
    const line = new Line(24);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        line.read(text);
        expect([...line.bytes.subarray(line.length, line.length + 8)]).to.deep.equal(Array(8).fill(32));
        if (!line.cut) expect(line.place(line.length)).to.equal(text.length);
      }),
    );
  });
});
