import { expect } from 'chai';
import fc from 'fast-check';
import { addCall, emptyWindow, expireCalls } from '../../../src/safeguards/breaker/slidingWindow.ts';

const call = fc.record({ failed: fc.boolean(), slow: fc.boolean() });
const tally = (calls: readonly { failed: boolean; slow: boolean }[]) => ({
  calls: calls.length,
  failures: calls.filter(({ failed }) => failed).length,
  slow: calls.filter(({ slow }) => slow).length,
});

describe('a window of calls', () => {
  it('counts the last so many', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (calls, size) => {
        const window = emptyWindow();
        for (const { failed, slow } of calls) addCall(window, { type: 'count', size }, 0, failed, slow);
        expect(window.total).to.deep.equal(tally(calls.slice(-size)));
        expireCalls(window, { type: 'count', size }, Number.MAX_SAFE_INTEGER);
        expect(window.total).to.deep.equal(tally(calls.slice(-size)));
      }),
    );
  });
});

describe('a window of time', () => {
  const size = 20_000;
  const options = { type: 'time', size } as const;

  it('counts the steps of a twentieth of it that do not lie wholly before it', () => {
    const timed = fc.array(fc.tuple(call, fc.nat(5_000)), { maxLength: 40 });
    fc.assert(
      fc.property(timed, fc.nat(40_000), (calls, later) => {
        const window = emptyWindow();
        let now = 0;
        const at = calls.map(([one, pause]) => {
          now += pause;
          addCall(window, options, now, one.failed, one.slow);
          return { ...one, step: Math.floor(now / 1_000) };
        });
        now += later;
        expireCalls(window, options, now);
        const oldest = Math.floor(now / 1_000) - 20;
        expect(window.total).to.deep.equal(tally(at.filter(({ step }) => step > oldest)));
        expect(window.cells.length).to.be.at.most(21);
      }),
    );
  });

  it('never runs backwards: a call of before counts in the newest step', () => {
    const window = emptyWindow();
    addCall(window, options, 15_000, false, false);
    addCall(window, options, 2_000, true, false);
    expect(window.cells).to.deep.equal([{ step: 15, calls: 2, failures: 1, slow: 0 }]);
  });
});
