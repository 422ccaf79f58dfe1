import { expect } from 'chai';
import fc from 'fast-check';
import { Known } from '../../../src/safeguards/adaptive/known.ts';

/** The novelty of each value in turn, deviations measured from 0. */
const noveltiesOf = (known: Known, values: number[]): number[] => values.map((x) => known.novelty(x, Math.abs(x)));

const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });

describe('Known', () => {
  it('finds nothing new in the first value: there is nothing to compare with', () => {
    expect(new Known(100).novelty(7, 7)).to.equal(0);
  });

  it('measures the distance to the nearest value seen, less 5 % of the deviation', () => {
    const known = new Known(100);
    noveltiesOf(known, [0, 100]);
    expect(known.novelty(40, 40)).to.equal(40 - 2);
    expect(known.novelty(200, 200)).to.equal(100 - 10);
  });

  it('sees that a value between two usual ones is new', () => {
    const known = new Known(1000);
    noveltiesOf(known, [1, 50, 1, 50, 1, 50]);
    expect(known.novelty(20, 20)).to.equal(19 - 1);
  });

  it('takes a spike of nearly the same height for the same spike', () => {
    const known = new Known(100);
    noveltiesOf(known, [0, 100]);
    expect(known.novelty(103, 103)).to.equal(0);
    expect(known.novelty(98, 98)).to.equal(0);
  });

  it('forgets what was not seen for its memory', () => {
    const seenAgainAfter = (points: number): number => {
      const known = new Known(100);
      noveltiesOf(known, [0, 1000, ...Array.from({ length: points - 1 }, () => 0)]);
      return known.novelty(1000, 1000);
    };
    expect(seenAgainAfter(100)).to.equal(0);
    expect(seenAgainAfter(101)).to.equal(1000 - 50);
  });

  it('keeps at most 64 values, in order, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 400 }), (values) => {
        const known = new Known(150);
        noveltiesOf(known, values);
        const saved = known.save();
        expect(saved.values.length).to.be.at.most(64);
        expect(saved.seen.length).to.equal(saved.values.length);
        expect(saved.values).to.deep.equal([...saved.values].sort((a, b) => a - b));
      }),
    );
  });

  it('still covers the whole range when it has had to thin out', () => {
    const known = new Known(1e6);
    for (let i = 0; i < 5000; i += 1) known.novelty((i * 7919) % 5000, 0);
    for (let x = 0; x < 5000; x += 13) expect(known.novelty(x, 0), `near ${x}`).to.be.below(200);
    expect(known.novelty(9000, 0)).to.be.above(3500);
  });

  it('goes on from its JSON as if never stopped', () => {
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 300 }), fc.nat(300), (values, cut) => {
        const known = new Known(100);
        noveltiesOf(known, values.slice(0, cut));
        const again = new Known(100, JSON.parse(JSON.stringify(known.save())));
        const rest = values.slice(cut);
        expect(noveltiesOf(again, rest)).to.deep.equal(noveltiesOf(known, rest));
      }),
    );
  });
});
