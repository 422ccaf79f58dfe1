import { expect } from 'chai';
import fc from 'fast-check';
import { cut, cutMiddle, padEnd, padStart, width } from '../../../src/views/text/text.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const columns = fc.integer({ min: 0, max: 40 });

describe('the columns of a text', () => {
  const cases: [text: string, columns: number][] = [
    ['', 0],
    ['plain', 5],
    ['日本', 4],
    ['👩‍🚀!', 3],
    ['\u001b[31mred\u001b[0m', 3],
    ['e\u0301', 1],
    ['█▁…·', 4],
  ];
  for (const [given, wide] of cases) it(`are ${wide} for ${JSON.stringify(given)}`, () => expect(width(given)).to.equal(wide));
});

describe('a text that is cut', () => {
  it('fits, and is as it was where it fits already', () => {
    fc.assert(
      fc.property(text, columns, fc.constantFrom(cut, cutMiddle), (given, room, cutting) => {
        const short = cutting(given, room);
        expect(width(short)).to.be.at.most(room);
        if (width(given) <= room) expect(short).to.equal(given);
      }),
    );
  });

  it('says so at its end, or where its middle was, and halves no wide character', () => {
    expect(cut('abcdef', 4)).to.equal('abc…');
    expect(cut('日本語', 4)).to.equal('日…');
    expect(cutMiddle('orders-service-7', 9)).to.equal('orde…ce-7');
    expect(cutMiddle('abcdef', 2)).to.equal('a…');
    expect([cut('abc', 0), cut('abcdef', 2, '...')]).to.deep.equal(['', '']);
  });
});

describe('a text that is padded', () => {
  it('has so many columns at least, and its own letters', () => {
    fc.assert(
      fc.property(text, columns, (given, room) => {
        for (const padded of [padEnd(given, room), padStart(given, room)]) {
          expect(width(padded)).to.be.at.least(Math.min(room, width(given)));
          expect(padded.trim()).to.equal(given.trim());
        }
      }),
    );
    expect([padEnd('日', 4), padStart('日', 4)]).to.deep.equal(['日  ', '  日']);
  });
});
