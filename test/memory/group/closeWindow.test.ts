import { expect } from 'chai';
import { closeWindow } from '../../../src/memory/group/closeWindow.ts';
import type { Blip } from '../../../src/signal.ts';
import { heardMemory, lineAt } from '../../support/memory/heardMemory.ts';

const minute = 60_000;

/** A group that had one line and three in its first two windows, of which `closed` are closed. */
function group(closed: number) {
  const { state, memory } = heardMemory();
  const blips: [Blip, number][] = [];
  for (const time of [10_000, minute, minute + 1, minute + 2]) memory.observe(lineAt('disk full', time), time);
  for (let i = 0; i < closed; i += 1) closeWindow(state, 1, (blip, time) => blips.push([blip, time]));
  return { state, blips };
}

describe('the close of a window', () => {
  it('tells each of its patterns at its end, and takes the earliest first', () => {
    const { state, blips } = group(1);
    expect(blips.map(([blip, time]) => [blip.label, blip.count, blip.open, time])).to.deep.equal([['disk full', 1, false, minute]]);
    expect([state.closed, state.windows.size]).to.deep.equal([0, 1]);
  });

  it('learns the window: the next one is judged by it', () => {
    const { blips } = group(2);
    expect(blips.map(([{ state, usual }]) => [state, usual !== null && usual > 0])).to.deep.equal([
      ['new', false],
      ['steady', true],
    ]);
  });

  it('goes by the last event where the input ends within it', () => {
    const { state } = group(1);
    const told: Blip[] = [];
    closeWindow(state, 0.5, (blip) => told.push(blip), minute + 30_000);
    expect(told[0]!.why.last_seen_before_close_ms).to.equal(29_998);
  });

  it('counts windows without an event in between as such', () => {
    const { state } = group(1);
    closeWindow(state, 1, () => {});
    state.windows.at(9);
    const [pattern] = state.patterns.all();
    const before = pattern!.rate.exposure;
    closeWindow(state, 1, () => {});
    expect(state.closed).to.equal(9);
    expect(pattern!.rate.exposure - before).to.be.closeTo(8, 0.1);
    expect(pattern!.trend.slice(-8)).to.deep.equal(Array(8).fill(0));
  });
});
