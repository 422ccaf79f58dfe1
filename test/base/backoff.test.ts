import { expect } from 'chai';
import fc from 'fast-check';
import { backoffDelay, growingDelay } from '../../src/base/backoff.ts';

describe('backoff', () => {
  it('doubles from the first wait up to the longest', () => {
    expect([1, 2, 3, 4, 2_000].map((n) => growingDelay(n, { first: 100, most: 500 }))).to.deep.equal([100, 200, 400, 500, 500]);
  });

  it('with jitter is the same for the same name and between half and the whole of the wait', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 60 }), (name, failures) => {
        const backoff = { first: 1_000, most: 300_000 };
        const delay = backoffDelay(name, failures, backoff);
        expect(delay).to.equal(backoffDelay(name, failures, backoff));
        expect(delay).to.be.within(growingDelay(failures, backoff) / 2, growingDelay(failures, backoff));
      }),
    );
  });
});
