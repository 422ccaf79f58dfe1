import { expect } from 'chai';
import { isClean, startBreaker } from '../../../src/safeguards/breaker/state.ts';

describe('the state of a breaker', () => {
  it('is clean when it begins, in its first generation', () => {
    expect(startBreaker('pager', 7)).to.include({ name: 'pager', state: 'closed', generation: 1, since: 7, lastData: 7 });
    expect(isClean(startBreaker('pager', 7))).to.equal(true);
  });

  it('is clean no more with anything counted or another state', () => {
    const clean = startBreaker('pager', 7);
    for (const more of [{ state: 'open' }, { consecutiveFailures: 1 }, { openings: 1 }, { noData: true }] as const)
      expect(isClean({ ...clean, ...more }), JSON.stringify(more)).to.equal(false);
    for (const kind of ['failures', 'slow'] as const) {
      const counted = startBreaker('pager', 7);
      counted.window.total[kind] = 1;
      expect(isClean(counted)).to.equal(false);
    }
    const called = startBreaker('pager', 7);
    called.window.total.calls = 5;
    expect(isClean({ ...called, denied: 3, generation: 9 })).to.equal(true);
  });
});
