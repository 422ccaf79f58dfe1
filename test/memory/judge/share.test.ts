import { expect } from 'chai';
import fc from 'fast-check';
import { loadFor, predictByShare, predictByVolume, scaleTo, type Traffic } from '../../../src/memory/judge/share.ts';

const usual = (mean: number) => ({ mean, variance: mean });
/** A group of ten patterns that usually has 1,000 events. */
const traffic = (count: number, volume: Partial<Traffic['volume']> = {}): Traffic => ({
  count,
  usual: 1000,
  patterns: 10,
  volume: { bits: 0, level: null, usual: 1000, mean: 1000, ratio: count / 1000, state: 'steady', ...volume },
});

describe('what is expected of a pattern by its share of the traffic', () => {
  it('doubles where all others doubled', () => {
    expect(predictByShare(usual(100), 200, traffic(2000))!.mean).to.be.closeTo(200, 0.2);
  });

  it('is about what it was where only this one moved', () => {
    expect(predictByShare(usual(100), 1000, traffic(1900))!.mean).to.be.closeTo(100, 0.2);
  });

  const none: [name: string, mean: number, of: Traffic][] = [
    ['the volume is out of all bounds', 100, traffic(4000)],
    ['hardly anything came', 100, traffic(300)],
    ['nothing is known of the volume', 100, traffic(1000, { ratio: null })],
    ['there are too few patterns', 100, { ...traffic(1000), patterns: 2 }],
    ['the pattern is most of the traffic', 800, traffic(1000)],
  ];
  for (const [name, mean, of] of none)
    it(`is nothing where ${name}`, () => {
      expect(predictByShare(usual(mean), 100, of)).to.equal(null);
    });
});

describe('what is expected of a pattern by a volume that is a line of its own', () => {
  it('follows the volume where the pattern goes the same way', () => {
    expect(predictByVolume(usual(100), 300, traffic(3000, { state: 'rising' }))!.mean).to.be.closeTo(300, 1e-9);
  });

  it('is nothing for a pattern that goes the other way, or beside a steady volume', () => {
    expect(predictByVolume(usual(100), 50, traffic(3000, { state: 'rising' }))).to.equal(null);
    expect(predictByVolume(usual(100), 300, traffic(3000))).to.equal(null);
  });
});

describe('the load of a time of the day', () => {
  it('is what the forecast of the volume is to the day, within a third and three times', () => {
    const load = (forecast: number) => loadFor(usual(100), traffic(1000, { usual: forecast }));
    expect([load(1000), load(2000), load(100), load(9000)]).to.deep.equal([1, 2, 1 / 3, 3]);
    expect(loadFor(usual(900), traffic(1000, { usual: 2000 }))).to.equal(1);
    expect(loadFor(usual(100), traffic(1000, { usual: null }))).to.equal(1);
  });

  it('scales the mean, and what is not chance with its square', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.double({ min: 0.34, max: 3, noNaN: true }), (mean, beyond, load) => {
        const scaled = scaleTo({ mean, variance: mean + beyond }, load);
        expect(scaled.mean).to.be.closeTo(mean * load, 1e-6);
        expect(scaled.variance - scaled.mean).to.be.closeTo(beyond * load * load, 1e-6);
      }),
    );
  });
});
