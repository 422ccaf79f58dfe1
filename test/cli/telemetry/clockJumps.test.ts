import { expect } from 'chai';
import { lookForClockJumps, readClockJumps, startClockJumps } from '../../../src/cli/telemetry/clockJumps.ts';

const hour = 3_600_000;

describe('jumps of the clock', () => {
  const after = (steps: readonly [wall: number, monotonic: number][]) => {
    const jumps = startClockJumps(1_000_000, 50);
    for (const [wall, monotonic] of steps) lookForClockJumps(jumps, 1_000_000 + wall, 50 + monotonic);
    return readClockJumps(jumps);
  };

  it('are seen against the clock that never jumps, forward and back', () => {
    expect(after([[hour + 2000, 2000]])).to.deep.include({
      kind: 'clock',
      count: 1,
      what: 'the clock of this machine jumped forward by 1h: it was set, or the machine slept',
    });
    expect(after([[-hour, 0]]).what).to.include('jumped back by 1h');
    expect(
      after([
        [hour, 0],
        [0, 0],
      ]).count,
    ).to.equal(2);
  });

  it('are none where the clock is kept right little by little, nor where nobody looked for long', () => {
    expect(after(Array.from({ length: 500 }, (_, i) => [i * 2001, i * 2000])).count).to.equal(0);
    expect(after([[9 * hour, 9 * hour]]).count).to.equal(0);
  });
});
