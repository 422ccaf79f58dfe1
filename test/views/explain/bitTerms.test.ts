import { expect } from 'chai';
import fc from 'fast-check';
import { bitTerms } from '../../../src/views/explain/bitTerms.ts';
import { failure, sampleBlip } from '../../support/views/viewSamples.ts';

describe('the terms of a score', () => {
  const amount = fc.double({ min: 0, max: 40, noNaN: true });
  it('add up as they are shown (property)', () => {
    fc.assert(
      fc.property(amount, amount, amount, amount, amount, (surprise, burst, novelty, severity, together) => {
        const bits = { surprise, burst, novelty, severity, together, total: 0 };
        const { terms, sum } = bitTerms(sampleBlip({ bits }), (id) => id);
        const shown = terms.filter(({ added }) => added).reduce((all, term) => all + Math.round(term.bits * 10), 0);
        expect(shown).to.equal(Math.round(sum * 10));
        expect(Math.abs(sum - (Math.max(surprise, burst) + novelty + severity + together))).to.be.below(0.051);
        for (const term of terms) expect(Math.abs(term.bits - bits[term.name as 'burst'])).to.be.below(0.11);
      }),
    );
  });
  it('say what they were counted from', () => {
    const { terms } = bitTerms(failure, (id) => id.slice(0, 4));
    expect(terms.map(({ words, note }) => [words, note])).to.deep.equal([
      ['42 seen, 0.02 expected', 'not added'],
      ['19 in one minute, 0.004 expected', 'larger of two'],
      ['first ever; group makes 0.4 new a day', ''],
      ['ERROR; "refused"', ''],
      ['m3qd, p9xa in this window', ''],
    ]);
  });
});
