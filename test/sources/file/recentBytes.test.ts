import { expect } from 'chai';
import fc from 'fast-check';
import { RecentBytes } from '../../../src/sources/file/recentBytes.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('the bytes that came last', () => {
  it('are those in front of a place, however they were cut (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 20 }), fc.nat(60), fc.nat(30), (pieces, behind, wanted) => {
        const recent = new RecentBytes();
        for (const piece of pieces) recent.push(piece, behind + wanted);
        const all = Buffer.concat(pieces);
        const end = Math.max(0, all.length - behind);
        expect(text(recent.before(behind, wanted))).to.equal(text(all.subarray(Math.max(0, end - wanted), end)));
      }),
    );
  });

  it('are copies: who fills the buffer anew changes nothing', () => {
    const recent = new RecentBytes();
    const piece = Buffer.from('abc');
    recent.push(piece, 8);
    piece.fill('x');
    expect(text(recent.before(0, 8))).to.equal('abc');
  });

  it('are 8 MiB at most; what is asked for from before that is not there', () => {
    const recent = new RecentBytes();
    const mebibyte = Buffer.alloc(1 << 20, 'a');
    for (let i = 0; i < 20; i++) recent.push(mebibyte, Number.MAX_SAFE_INTEGER);
    expect(recent.before(10 << 20, 4)).to.have.length(0);
    expect(recent.before(7 << 20, 4)).to.have.length(4);
  });
});
