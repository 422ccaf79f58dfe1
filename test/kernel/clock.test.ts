import { expect } from 'chai';
import { RunClock, type Ticker } from '../../src/kernel/defineOperator.ts';

/** A member that is due at these times, and writes down when it is ticked. */
function member(name: string, times: number[], ticked: string[]): Ticker {
  return {
    get nextDue() {
      return times[0] ?? Number.POSITIVE_INFINITY;
    },
    tickFirst: () => void ticked.push(`${name}@${times.shift()}`),
  };
}

function clockOf(dues: Record<string, number[]>) {
  const ticked: string[] = [];
  const clock = new RunClock();
  for (const [name, times] of Object.entries(dues)) clock.attach(clock.reserve(), member(name, times, ticked));
  return { clock, ticked };
}

describe('the clock of a run', () => {
  it('ticks in the order of time, then of the chain', () => {
    const { clock, ticked } = clockOf({ a: [2, 5], b: [1, 2, 5] });
    expect(clock.advance(4)).to.equal(true);
    expect(ticked).to.deep.equal(['b@1', 'a@2', 'b@2']);
    expect(clock.now).to.equal(4);
  });

  it('stops before each member that is not ready and then goes on, although the time is reached', () => {
    const { clock, ticked } = clockOf({ a: [5, 5], b: [5, 9] });
    let asked = 0;
    /** Every member is ready when it is asked for the second time. */
    const ready = () => (asked += 1) % 2 === 0;
    let stops = 0;
    while (!clock.advance(5, ready)) stops += 1;
    expect(stops).to.equal(3);
    expect(ticked).to.deep.equal(['a@5', 'a@5', 'b@5']);
    expect(clock.now).to.equal(5);
    expect(clock.advance(5, () => expect.fail('nothing is due'))).to.equal(true);
  });

  it('does not go back', () => {
    const { clock, ticked } = clockOf({ a: [3] });
    clock.restore(10);
    expect(clock.advance(5)).to.equal(true);
    expect(ticked).to.deep.equal([]);
    expect(clock.now).to.equal(10);
  });
});
