import { expect } from 'chai';
import { heardMemory } from '../../support/memory/heardMemory.ts';
import { makeGroupBlip } from '../../../src/memory/group/makeGroupBlip.ts';
import type { MemoryOptions } from '../../../src/memory/memoryOptions.ts';
import { judge } from '../../../src/memory/judge/judge.ts';
import { inWindow } from '../../support/memory/patterns.ts';

const minute = 60_000;

/** The blip of a line at minute 5, made as of so many milliseconds. */
function made(now: number, options: Partial<MemoryOptions> = {}, prepare: (heard: ReturnType<typeof heardMemory>) => void = () => {}) {
  const heard = heardMemory(options);
  heard.hear('disk full', 5 * minute);
  prepare(heard);
  const { state } = heard;
  const window = state.windows.first!;
  const [pattern] = state.patterns.all();
  const judged = judge(pattern!, window.cells.get(pattern!)!, { ...inWindow(5), windowMs: minute });
  return makeGroupBlip(state, pattern!, judged, { window, count: 1, now, open: true });
}

describe('the blip of a pattern of a group', () => {
  it('is of its window', () => {
    expect(made(6 * minute)).to.include({
      group_id: 'g',
      count: 1,
      open: true,
      start: '1970-01-01T00:05:00.000Z',
      end: '1970-01-01T00:06:00.000Z',
    });
  });

  it('says that the group is learning until the warm-up has passed', () => {
    const warmupMs = 10 * minute;
    expect(made(6 * minute, { warmupMs }).why.learning).to.deep.equal({ learned_ms: minute, warmup_ms: warmupMs });
    expect(made(15 * minute, { warmupMs }).why.learning).to.equal(undefined);
  });

  it('says so of windows that were changed, up to the last of those named', () => {
    const changed = (until: number) =>
      made(6 * minute, {}, ({ state }) => {
        state.changed = { at: 5 * minute + 30_000, until };
      });
    expect(changed(9).why.learning).to.deep.equal({ learned_ms: 30_000, warmup_ms: 270_000, changed: '1970-01-01T00:05:30.000Z' });
    let after: unknown;
    made(6 * minute, {}, ({ state }) => {
      state.changed = { at: 5 * minute, until: 5 };
      after = state;
    });
    expect(after).to.include({ changed: null });
  });
});
