import { expect } from 'chai';
import { breakerOptions } from '../../../src/safeguards/breaker/options.ts';
import { startBreaker } from '../../../src/safeguards/breaker/state.ts';
import { halfOpen, openBlind, openFor, settle } from '../../../src/safeguards/breaker/transitions.ts';

const options = breakerOptions.parse({ waitInOpen: '10s', backoff: { max: '60s' } });
const trip = { why: 'because', reason: 'so' };
const begun = () => ({ ...startBreaker('pager', 0), probes: [{ id: 1, expires: 9 }], failures: ['x'], consecutiveFailures: 3, denied: 4 });

describe('a change of state', () => {
  it('starts a generation: what is under way belongs to the past', () => {
    const state = begun();
    expect(halfOpen(state, options, 5, 'time is up')).to.include({
      from: 'closed',
      to: 'half_open',
      generation: 2,
      at: 5,
      reason: 'time is up',
      denied: 4,
    });
    expect(state).to.deep.include({ generation: 2, since: 5, probes: [], retryAt: null, denied: 4 });
  });

  it('opens for a wait that doubles each time, and lists those ahead up to the longest', () => {
    const state = begun();
    const first = openFor(state, options, 0, trip);
    const second = openFor(state, options, 100, trip);
    expect([first.retryAt, second.retryAt]).to.deep.equal([10_000, 20_100]);
    expect(first.waits).to.deep.equal([20_000, 40_000, 60_000]);
  });

  it('opens without an end where nothing is heard', () => {
    const blind = openBlind(begun(), options, 5, trip);
    expect([blind.retryAt, blind.waits, blind.to]).to.deep.equal([null, [], 'open']);
  });

  it('forgets what was counted where it closes or is disabled, and keeps it where it is forced open', () => {
    for (const to of ['closed', 'disabled'] as const) {
      const state = begun();
      expect(settle(state, options, to, 5, 'a person').denied).to.equal(4);
      expect(state).to.deep.include({ consecutiveFailures: 0, openings: 0, failures: [], denied: 0 });
    }
    const forced = begun();
    settle(forced, options, 'forced_open', 5, 'a person');
    expect(forced).to.deep.include({ consecutiveFailures: 3, failures: ['x'], denied: 4 });
  });
});
