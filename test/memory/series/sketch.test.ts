import { expect } from 'chai';
import fc from 'fast-check';
import {
  addSketch,
  addValue,
  fromScale,
  loadSketch,
  quantiles,
  saveSketch,
  startSketch,
  toScale,
} from '../../../src/memory/series/sketch.ts';

const kinds = ['integer', 'size', 'decimal', 'duration'] as const;
const kind = fc.constantFrom(...kinds);
const value = fc.double({ min: -1e15, max: 1e15, noNaN: true });

function sketchOf(values: readonly number[], of: (typeof kinds)[number] = 'decimal') {
  const sketch = startSketch();
  for (const one of values) addValue(sketch, one, of);
  return sketch;
}

describe('the scale of a series', () => {
  it('gives a value back, and keeps the order', () => {
    fc.assert(
      fc.property(value, value, kind, (x, y, of) => {
        expect(fromScale(toScale(x, of), of)).to.be.closeTo(x, Math.max(1e-9, Math.abs(x) * 1e-9));
        if (x < y) expect(toScale(x, of)).to.be.at.most(toScale(y, of));
      }),
    );
  });
});

describe('a sketch', () => {
  it('knows each quantile to about a twentieth', () => {
    const values = fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (given, share) => {
        const exact = given.toSorted((a, b) => a - b)[Math.ceil(share * given.length - 1e-9) - 1]!;
        const [found] = quantiles(sketchOf(given), [share]);
        expect(fromScale(found!, 'decimal')).to.be.closeTo(exact, exact * 0.06);
      }),
    );
  });

  it('gives for rising shares the values they lie below', () => {
    const found = quantiles(sketchOf([1000, 1, 1, 1]), [0, 0.5, 0.75, 1]).map((at) => Math.round(fromScale(at, 'decimal')));
    expect(found.slice(0, 3)).to.deep.equal([1, 1, 1]);
    expect(found[3]).to.be.closeTo(1000, 60);
  });

  it('is the same whether values came in one or in two that were added', () => {
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (some, others) => {
        const added = sketchOf(some);
        addSketch(added, sketchOf(others));
        const whole = sketchOf([...some, ...others]);
        expect([added.count, added.bins]).to.deep.equal([whole.count, whole.bins]);
      }),
    );
  });

  it('has fewer than a thousand bins for all whole numbers that can be told apart', () => {
    const counted = startSketch();
    for (let power = 0; power < 18; power += 0.001) addValue(counted, 10 ** power, 'integer');
    expect(counted.bins.size).to.be.below(1000);
  });

  it('comes back as it was saved', () => {
    const sketch = sketchOf([1, 2, 500]);
    expect(loadSketch(saveSketch(sketch))).to.deep.equal(sketch);
  });
});
