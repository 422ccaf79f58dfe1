import { expect } from 'chai';
import { GroupState } from '../../../src/memory/group/groupState.ts';
import { Places } from '../../../src/memory/group/places.ts';
import { minuteMemory } from '../../support/memory/memoryOptions.ts';

function learned() {
  const state = new GroupState('g', minuteMemory);
  const learn = (text: string) => state.known.index.learn(text, 0, text)!;
  return { state, places: new Places(state), learn };
}

describe('the places of templates', () => {
  it('are found again while nothing changes, each template its own', () => {
    const { state, places, learn } = learned();
    const window = state.windows.at(0);
    const disk = places.at(learn('disk full'), 'disk full', 0, window);
    const again = places.at(learn('disk full'), 'disk full', 0, window);
    expect(again).to.equal(disk);
    expect(places.at(learn('cpu hot'), 'cpu hot', 0, window).pattern).to.not.equal(disk.pattern);
  });

  it('are of a window, or of none for a line that is late', () => {
    const { state, places, learn } = learned();
    const template = learn('disk full');
    const inFirst = places.at(template, 'disk full', 0, state.windows.at(0));
    const inSecond = places.at(template, 'disk full', 60_000, state.windows.at(1));
    const late = places.at(template, 'disk full', 0, null);
    expect(inFirst).to.not.equal(inSecond);
    expect([inSecond.pattern, late.pattern]).to.deep.equal([inFirst.pattern, inFirst.pattern]);
    expect([inFirst.window!.index, inSecond.window!.index, late.window]).to.deep.equal([0, 1, null]);
  });

  it('are looked up anew once patterns have changed, and after a close', () => {
    const { state, places, learn } = learned();
    const window = state.windows.at(0);
    const template = learn('disk full');
    const before = places.at(template, 'disk full', 0, window);
    state.patterns.version += 1;
    const after = places.at(template, 'disk full', 0, window);
    expect(after).to.not.equal(before);
    places.clear();
    expect(places.at(template, 'disk full', 0, window)).to.not.equal(after);
  });
});
