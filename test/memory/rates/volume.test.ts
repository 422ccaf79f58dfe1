import { expect } from 'chai';
import fc from 'fast-check';
import { foldVolume, isWatched, judgeVolume, startVolume, type Volume } from '../../../src/memory/rates/volume.ts';

const minute = 60_000;
const windowMs = 30 * minute;
const day = 48;

/** A group with so many events in each half hour, from 1970 on. */
function fold(
  volume: Volume,
  count: (window: number) => number,
  from: number,
  to: number,
  bits: (window: number) => number = () => 0,
): Volume {
  for (let i = from; i < to; i += 1)
    foldVolume(volume, { count: count(i), exposure: 1, start: i * windowMs, windowMs, bits: bits(i), first: 0, fade: 0.999 });
  return volume;
}
const judged = (volume: Volume, count: number, window: number) => judgeVolume(volume, count, window * windowMs);

describe('the usual volume', () => {
  it('is nothing before the first window, and no surprise before twelve', () => {
    expect(judged(startVolume(), 9, 0)).to.deep.equal({ bits: 0, usual: null, mean: null, ratio: null });
    const volume = fold(startVolume(), () => 100, 0, 10);
    expect(judged(volume, 0, 10)).to.include({ bits: 0, usual: 100 });
    expect(
      judged(
        fold(volume, () => 100, 10, 14),
        0,
        14,
      ).bits,
    ).to.be.above(8);
  });

  it('follows a level that has become another', () => {
    const volume = fold(
      fold(startVolume(), () => 100, 0, 40),
      () => 200,
      40,
      60,
    );
    expect(judged(volume, 200, 60).usual).to.be.closeTo(200, 10);
  });

  it('knows the hours of the day after two days: what they bring is no surprise', () => {
    const swinging = (window: number) => (window % day < 24 ? 1000 : 50);
    const volume = fold(startVolume(), swinging, 0, 5 * day);
    const morning = 5 * day + 1;
    expect(judged(volume, 1000, morning).bits).to.be.below(3);
    fold(volume, swinging, 5 * day, 5 * day + 12);
    expect(judged(volume, 50, 5 * day + 12).bits).to.be.above(5);
  });

  it('learns nothing from a window out of all bounds, until twelve of them came in a row', () => {
    const volume = fold(startVolume(), () => 100, 0, 40);
    expect(isWatched(volume)).to.equal(false);
    fold(
      volume,
      () => 0,
      40,
      51,
      () => 20,
    );
    expect([volume.level, isWatched(volume)]).to.deep.equal([100, true]);
    fold(
      volume,
      () => 0,
      51,
      53,
      () => 20,
    );
    expect([volume.level, isWatched(volume)]).to.deep.equal([0, false]);
  });

  it('takes half a window for a whole one of twice as many, and less of it for none', () => {
    const folded = (exposure: number) => {
      const volume = startVolume();
      foldVolume(volume, { count: 50, exposure, start: 0, windowMs, bits: 0, first: 0, fade: 1 });
      return volume.level;
    };
    expect([folded(1), folded(0.5), folded(0.4)]).to.deep.equal([50, 100, null]);
  });

  it('is plain data of finite numbers, whatever comes (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e6), { maxLength: 120 }), (counts) => {
        const volume = fold(startVolume(), (i) => counts[i]!, 0, counts.length);
        expect(JSON.parse(JSON.stringify(volume))).to.deep.equal(volume);
        expect(judged(volume, 7, counts.length).bits).to.be.within(0, 32);
      }),
      { numRuns: 50 },
    );
  });
});
