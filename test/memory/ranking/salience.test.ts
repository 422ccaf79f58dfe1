import { expect } from 'chai';
import fc from 'fast-check';
import { addBits, computeScore } from '../../../src/memory/ranking/salience.ts';

const bits = fc.double({ min: 0, max: 60, noNaN: true });

const terms = fc.record({ surprise: bits, burst: bits, novelty: bits, severity: bits, together: bits });

describe('salience', () => {
  it('adds the larger of surprise and burst to the rest', () => {
    const sum = addBits({ surprise: 21.9, burst: 24.3, novelty: 9.1, severity: 6, together: 7.2 });
    expect(sum.total).to.be.closeTo(46.6, 1e-9);
    expect(Math.round(computeScore(sum.total))).to.equal(96);
  });

  it('never falls as a term grows', () => {
    fc.assert(
      fc.property(terms, fc.constantFrom('surprise', 'burst', 'novelty', 'severity', 'together'), bits, (base, term, more) => {
        expect(addBits({ ...base, [term]: base[term as keyof typeof base] + more }).total).to.be.at.least(addBits(base).total);
      }),
    );
  });

  it('scores 0 for nothing, 50 for ten bits, and stays within 100', () => {
    expect([0, 10, 20, 1e6, -3].map(computeScore)).to.deep.equal([0, 50, 75, 100, 0]);
  });
});
