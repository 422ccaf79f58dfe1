import { expect } from 'chai';
import { breakerOptions } from '../../../src/safeguards/breaker/options.ts';
import { startBreaker } from '../../../src/safeguards/breaker/state.ts';
import { findTrip, probesFailed, remainingCooldown } from '../../../src/safeguards/breaker/trip.ts';

const state = (more: object = {}, total: object = {}) => {
  const made = { ...startBreaker('pager', 0), ...more };
  Object.assign(made.window.total, total);
  return made;
};
const options = (more: object) =>
  breakerOptions.parse({ failureThreshold: null, failureRateThreshold: null, slowCallRateThreshold: null, minimumCalls: 4, ...more });

describe('why a breaker opens', () => {
  it('is so many failures in a row, with what they said', () => {
    const given = options({ failureThreshold: 3 });
    expect(findTrip(state({ consecutiveFailures: 2 }), given, 0)).to.equal(null);
    expect(findTrip(state({ consecutiveFailures: 3, failures: ['old', 'a', 'b', 'c'] }), given, 0)).to.deep.equal({
      reason: '3 failures in a row',
      why: '3 failures in a row, threshold 3: a, b, c',
    });
  });

  it('is a rate, of so many calls at least, failures before slow ones', () => {
    const given = options({ failureRateThreshold: 50, slowCallRateThreshold: 50 });
    expect(findTrip(state({}, { calls: 3, failures: 3 }), given, 0)).to.equal(null);
    expect(findTrip(state({}, { calls: 4, failures: 2, slow: 4 }), given, 0)!.reason).to.equal('failure rate 50 %');
    expect(findTrip(state({}, { calls: 4, failures: 1, slow: 3 }), given, 0)!.reason).to.equal('slow call rate 75 %');
  });

  it('is none where no threshold is set', () => {
    expect(findTrip(state({ consecutiveFailures: 99 }, { calls: 99, failures: 99, slow: 99 }), options({}), 0)).to.equal(null);
  });
});

describe('an open breaker', () => {
  it('still denies for so long', () => {
    expect([
      remainingCooldown(state({ retryAt: 50 }), 20),
      remainingCooldown(state({ retryAt: 50 }), 60),
      remainingCooldown(state(), 0),
    ]).to.deep.equal([30, 0, 0]);
  });

  it('has failed its probes as soon as those to come cannot change it', () => {
    const probed = (calls: number, failures: number, slow: number, more: object) =>
      probesFailed(state({ probed: { calls, failures, slow } }), options({ permittedCallsInHalfOpen: 4, ...more }));
    expect([probed(1, 1, 0, {}), probed(3, 0, 3, {}), probed(4, 0, 0, {})]).to.deep.equal([true, null, false]);
    expect([probed(2, 1, 0, { failureRateThreshold: 50 }), probed(2, 2, 0, { failureRateThreshold: 50 })]).to.deep.equal([null, true]);
    expect(probed(2, 0, 2, { slowCallRateThreshold: 50 })).to.equal(true);
  });
});
