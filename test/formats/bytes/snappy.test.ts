import { expect } from 'chai';
import fc from 'fast-check';
import { compress } from 'snappyjs';
import { unpackSnappy } from '../../../src/formats/bytes/snappy.ts';

const most = 1 << 20;

describe('unpackSnappy', () => {
  it('gives back what another program packed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('error ', 'db timeout ', 'x', '\u00e4'), { maxLength: 4000 }), (words) => {
        const bytes = Buffer.from(words.join(''));
        expect(Buffer.from(unpackSnappy(compress(bytes), most)).equals(bytes)).to.equal(true);
      }),
      { numRuns: 50 },
    );
  });

  it('repeats a piece that overlaps itself', () => {
    // 10 bytes: the literal "ab", then a copy of 8 from 2 back.
    expect(Buffer.from(unpackSnappy(Uint8Array.of(10, 1 << 2, 97, 98, (7 << 2) | 2, 2, 0), most)).toString()).to.equal('ababababab');
  });

  for (const [what, bytes] of [
    ['a literal of 900 MB that is not there', [130, 3, 252, 22, 55, 75, 166, 120, 145]],
    ['a literal longer than promised', [1, 8, 97, 98, 99]],
    ['a copy from before the begin', [4, 0, 97, 1, 9]],
    ['a copy from nowhere', [4, 0, 97, 1, 0]],
    ['fewer bytes than promised', [9, 0, 97]],
    ['a length without an end', [255, 255, 255, 255, 255]],
    ['nothing', []],
  ] as const) {
    it(`refuses ${what} at once`, () => {
      expect(() => unpackSnappy(Uint8Array.from(bytes), most)).to.throw(RangeError);
    }).timeout(500);
  }

  it('refuses to unpack more than it may', () => {
    expect(() => unpackSnappy(compress(Buffer.alloc(4096)), 4095)).to.throw(RangeError, 'more than 4095 bytes');
  });
});
