import { expect } from 'chai';
import { GroupState } from '../../../src/memory/group/groupState.ts';
import { minuteMemory } from '../../support/memory/memoryOptions.ts';

const minute = 60_000;

describe('what a group holds', () => {
  it('has windows that are half open', () => {
    const state = new GroupState('g', minuteMemory);
    expect([0, 59_999, 60_000, -1].map((time) => state.indexOf(time))).to.deep.equal([0, 0, 1, -1]);
    const window = state.windows.at(2);
    expect([state.findStart(window), state.findEnd(window)]).to.deep.equal([2 * minute, 3 * minute]);
    expect(state.halfLife).to.equal(1440);
  });

  it('watched a window from when its length was changed in it', () => {
    const state = new GroupState('g', minuteMemory);
    const window = state.windows.at(2);
    expect(state.watched(window, 1)).to.equal(1);
    state.changed = { at: 2 * minute + 15_000, until: 9 };
    expect(state.watched(window, 1)).to.equal(0.75);
    expect(state.watched(window, 0.25)).to.equal(1 / minute);
    expect(state.watched(state.windows.at(3), 0.5)).to.equal(0.5);
  });

  it('stands for many groups where it begins with the first of their events', () => {
    expect(new GroupState('g', minuteMemory)).to.include({ firstEvent: null, groups: null });
    const others = new GroupState('others', minuteMemory, 7);
    expect([others.firstEvent, others.groups!.count]).to.deep.equal([7, 0]);
  });
});
