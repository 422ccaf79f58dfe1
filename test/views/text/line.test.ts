import { expect } from 'chai';
import fc from 'fast-check';
import { line, shown, type Row } from '../../../src/views/text/line.ts';
import { width } from '../../../src/views/text/text.ts';
import { plainView } from '../../support/views/plainView.ts';

const narrow = (columns: number) => ({ ...plainView, columns });

describe('a line', () => {
  it('is its pieces, without blanks at the end', () => {
    expect(line(['a ', { text: 'b', paint: 'red' }, '  ', ' '], plainView)).to.equal('a b');
    expect(line([' ', ''], plainView)).to.equal('');
  });

  it('is cut with a mark inside the piece that has no room', () => {
    expect(line(['abc', 'def', 'ghi'], narrow(7))).to.equal('abcdef…');
    expect(line(['abc', 'def', 'ghi'], narrow(6))).to.equal('abcde…');
    expect(line(['abc', 'def'], narrow(6))).to.equal('abcdef');
  });

  it('is whole where there is no screen, however long, and harmless all the same', () => {
    expect(line(['abc', 'd\u001bf', 'ghi '], { ...narrow(4), uncut: true })).to.equal('abcd\\x1bfghi');
  });

  it('is coloured after it was made harmless: the escapes of a log stay text', () => {
    const row: Row = [{ text: '\u001b[2J', paint: 'red' }];
    expect(line(row, { ...plainView, color: true })).to.equal('\u001b[31m\\x1b[2J\u001b[39m');
    expect(line(row, plainView)).to.equal('\\x1b[2J');
  });

  it('has a word of its own in ASCII for what the views use, and ? for the rest', () => {
    expect(shown('1 × 2 − 3 · 4…', { ascii: true })).to.equal('1 x 2 - 3 . 4~');
    expect(shown('日本', { ascii: true })).to.equal('??');
    expect(shown('日本', { ascii: false })).to.equal('日本');
  });

  it('is never wider than the screen, however wide its letters (property)', () => {
    const piece = fc.string({ unit: 'grapheme', maxLength: 12 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.integer({ min: 1, max: 30 }), (row, columns) => {
        expect(width(line(row, narrow(columns)))).to.be.at.most(columns);
      }),
    );
  });
});
