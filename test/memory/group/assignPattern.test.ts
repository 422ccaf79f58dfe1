import { expect } from 'chai';
import { Distinct } from '../../../src/kernel/distinct.ts';
import { assignPattern } from '../../../src/memory/group/assignPattern.ts';
import { GroupState } from '../../../src/memory/group/groupState.ts';
import type { Pattern } from '../../../src/memory/patterns/pattern.ts';
import { minuteMemory } from '../../support/memory/memoryOptions.ts';

const minute = 60_000;
const day = 1440 * minute;

function assigned(state: GroupState, text: string, time: number): Pattern {
  const template = state.known.index.learn(text, time, `${text}@${time}`)!;
  return assignPattern(state, template, text, time, state.windows.at(state.indexOf(time)));
}

describe('the pattern of a template that has none', () => {
  it('is founded in the window of its line, which counts it as news', () => {
    const state = new GroupState('g', minuteMemory);
    const pattern = assigned(state, 'disk full', 5 * minute);
    expect(pattern).to.include({ foundedIn: 5, first: 5 * minute, total: 0, window: 4 });
    expect(state.windows.find(5)!.founded).to.equal(1);
    expect(state.baseline.novelty.founded).to.equal(1);
    expect(state.patterns.get(pattern.id)).to.equal(pattern);
  });

  it('is news of no window where that of its line has closed', () => {
    const state = new GroupState('g', minuteMemory);
    const template = state.known.index.learn('disk full', 5 * minute, 'e')!;
    expect(assignPattern(state, template, 'disk full', 5 * minute, null).foundedIn).to.equal(5);
    expect(state.windows.find(5)).to.equal(undefined);
    expect(state.baseline.novelty.founded).to.equal(1);
  });

  it('is no news where it words anew what has been known for a day', () => {
    for (const [later, founded] of [
      [minute, 2],
      [day, 1],
    ] as const) {
      const state = new GroupState('g', minuteMemory);
      const first = assigned(state, 'lost the connection to the database', 0);
      const second = assigned(state, 'lost connection to database', later);
      expect(second.topic).to.equal(first.topic);
      expect(state.baseline.novelty.founded, `after ${later} ms`).to.equal(founded);
      expect(second.foundedIn === Number.MIN_SAFE_INTEGER).to.equal(founded === 1);
    }
  });

  it('says which group it came from where one memory stands for many', () => {
    const state = new GroupState('others', minuteMemory);
    state.groups = new Distinct();
    state.origin = 'web';
    expect(assigned(state, 'disk full', 0).from).to.equal('web');
    state.origin = 'others';
    expect(assigned(state, 'out of memory', 0).from).to.equal(undefined);
  });

  it('is no news after other masks where a template of before would have taken the line, for as many windows as were named', () => {
    const state = new GroupState('g', minuteMemory);
    const before = assigned(state, 'shard 17 is full', 0);
    state.reforming = { until: 10, ids: new Set([before.id]) };
    expect(assigned(state, 'queue is stuck', 3 * minute).foundedIn).to.equal(3);
    expect(assigned(state, 'shard alpha is full again', 3 * minute).foundedIn).to.equal(Number.MIN_SAFE_INTEGER);
    assigned(state, 'late for that', 11 * minute);
    expect(state.reforming).to.equal(null);
  });
});
