import { expect } from 'chai';
import { combinedBits, goOn, type Run } from '../../../../src/findings/rules/falseAlarms/runBits.ts';
import { seeded } from '../../../../bench/support/seeded.ts';

const width = 60_000;
const play = (bits: readonly number[]): Run | null =>
  bits.reduce<Run | null>((run, one, n) => goOn(run, { end: (n + 1) * width, width, bits: one }), null);

describe('what a pattern gave in its last windows', () => {
  it('begins with a window of three bits and is over when six gave less', () => {
    expect(play([2.9])).to.equal(null);
    expect(play([2.9, 3])).to.deep.equal({ end: 2 * width, bits: [3] });
    expect(play([3, 0, 0, 0, 0, 0])).to.deep.equal({ end: 6 * width, bits: [3, 0, 0, 0, 0, 0] });
    expect(play([3, 0, 0, 0, 0, 0, 0])).to.equal(null);
  });

  it('counts windows in which the pattern was not looked at as nothing', () => {
    expect(goOn({ end: width, bits: [8] }, { end: 4 * width, width, bits: 5 })).to.deep.equal({ end: 4 * width, bits: [8, 0, 0, 5] });
    expect(goOn({ end: width, bits: [8] }, { end: 400 * width, width, bits: 5 })?.bits).to.deep.equal([0, 0, 0, 0, 0, 5]);
  });

  it('is the newest window where that says more, and several together where they do', () => {
    expect(combinedBits({ end: 0, bits: [20] })).to.equal(20);
    expect(combinedBits({ end: 0, bits: [0, 0, 20] })).to.equal(20);
    expect(combinedBits({ end: 0, bits: [8, 8, 8, 8] })).to.be.within(16, 20);
  });

  it('is reached by chance at most a third more often than its bits say', () => {
    const draw = seeded(7);
    const counts = new Map([4, 6, 8, 10].map((bits) => [bits, 0]));
    const windows = 200_000;
    let run: Run | null = null;
    for (let n = 1; n <= windows; n += 1) {
      run = goOn(run, { end: n * width, width, bits: -Math.log2(1 - draw()) });
      const bits = run ? combinedBits(run) : 0;
      for (const [least, count] of counts) if (bits >= least) counts.set(least, count + 1);
    }
    for (const [bits, count] of counts) expect(count / windows, `${bits} bits`).to.be.below(1.35 * 2 ** -bits);
  });
});
