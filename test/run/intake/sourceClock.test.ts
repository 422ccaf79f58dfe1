import { expect } from 'chai';
import { SourceClock } from '../../../src/run/intake/sourceClock.ts';
import { eventAt } from '../../support/fakes.ts';

const now = 1.7e12;
const options = { live: true, sequential: true, lateness: 0, maxFutureSkew: 60_000 };
const batch = (stream: string, ...times: number[]) => ({
  records: times.map((time) => eventAt(time)),
  stream,
  before: null,
  position: null,
});

describe('the clock of a live source', () => {
  it('has a clock for each stream: one that lags behind is not late for it', () => {
    const clock = new SourceClock(options);
    const out = [batch('a', now), batch('b', now - 3e6), batch('a', now + 1), batch('b', now - 2e6)].map((one) => clock.settle(one, now));
    expect(out.map(({ length }) => length)).to.deep.equal([1, 0, 1, 0]);
    expect(clock.held).to.equal(2);
    expect(clock.flush().map(({ time }) => time)).to.deep.equal([now - 3e6, now - 2e6]);
    expect(clock.counts).to.deep.equal({ stray: 0, 'set back': 0 });
  });

  it('goes on from what was saved, whatever was held', () => {
    const clock = new SourceClock(options);
    clock.settle(batch('b', now - 3e6), now);
    const again = new SourceClock(options, JSON.parse(JSON.stringify(clock.save())));
    expect(again.flush().map(({ time }) => time)).to.deep.equal([now - 3e6]);
  });

  it('lets go of the stream that was silent longest, and of nothing that it held', () => {
    const clock = new SourceClock(options);
    const out = Array.from({ length: 300 }, (_, i) => clock.settle(batch(`s${i}`, now - 3e6 - i), now)).flat();
    expect(out).to.have.length(300 - 256);
    expect(clock.flush()).to.have.length(256);
  });
});
