import { expect } from 'chai';
import { judge } from '../../../src/safeguards/adaptive/judge.ts';
import { loadState, saveState, seasons, type SavedAdaptive } from '../../../src/safeguards/adaptive/state.ts';

describe('what one series has taught', () => {
  it('begins with nothing', () => {
    const state = loadState(100);
    expect(state).to.include({ points: 0, quiet: 0, plain: 0 });
    expect([state.seasons.length, state.views.length]).to.deep.equal([seasons.length, seasons.length + 1]);
  });

  it('is the same out of its JSON, and is not shared with it', () => {
    const state = loadState(100);
    for (let i = 0; i < 80; i += 1) judge(state, i * 300, i % 7);
    const saved = saveState(state);
    const loaded = loadState(100, JSON.parse(JSON.stringify(saved)) as SavedAdaptive);
    expect(saveState(loaded)).to.deep.equal(saved);
    loaded.run.length += 1;
    state.run.length += 5;
    expect(saved.run.length).to.not.equal(state.run.length);
  });
});
