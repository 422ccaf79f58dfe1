import { expect } from 'chai';
import fc from 'fast-check';
import { Prototypes } from '../../../src/safeguards/adaptive/prototypes.ts';

const take = (prototypes: Prototypes, ...vector: number[]): number => {
  const given = Float64Array.from(vector);
  const far = prototypes.measure(given, 0);
  prototypes.learn(given);
  return far;
};

describe('vectors kept in mind', () => {
  it('say how far another lies from the nearest of them, and nothing before the first', () => {
    const prototypes = new Prototypes(2);
    expect([take(prototypes, 0, 0), take(prototypes, 3, 4), take(prototypes, 3, 5)]).to.deep.equal([0, 5, 1]);
    expect(prototypes.nearestLevel).to.equal(3);
    expect(new Prototypes(1).nearestLevel).to.equal(0);
  });

  it('are 64: one that has no place takes that of the one not met for longest, and the radius grows', () => {
    const prototypes = new Prototypes(1);
    for (let i = 0; i < 64; i += 1) take(prototypes, i * 10);
    const { radius } = prototypes.save();
    expect(radius).to.be.closeTo(10, 0.01);
    take(prototypes, 3);
    expect(prototypes.save().vectors).to.include(0);
    take(prototypes, 5000);
    const after = prototypes.save();
    expect(after.vectors).to.have.length(64);
    expect([after.vectors[0], after.vectors.includes(10)]).to.deep.equal([5000, false]);
    expect(after.radius).to.be.above(radius);
  });

  it('go on from their JSON as if never stopped (property)', () => {
    const vectors = fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })), { maxLength: 90 });
    fc.assert(
      fc.property(vectors, vectors, (before, after) => {
        const prototypes = new Prototypes(2);
        for (const vector of before) take(prototypes, ...vector);
        const loaded = new Prototypes(2, JSON.parse(JSON.stringify(prototypes.save())) as ReturnType<Prototypes['save']>);
        for (const vector of after) expect(take(loaded, ...vector)).to.equal(take(prototypes, ...vector));
        expect(loaded.save()).to.deep.equal(prototypes.save());
      }),
      { numRuns: 50 },
    );
  });
});
