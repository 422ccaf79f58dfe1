import { expect } from 'chai';
import { RunLook } from '../../../src/cli/live/runLook.ts';
import type { RunFigures } from '../../../src/run/report.ts';
import { radarOfGroup } from '../../support/views/viewSamples.ts';
import { partly } from '../../support/typed.ts';

/** Figures of a run that has read so much. */
const figures = (read: number): RunFigures => ({
  newest: 1_000,
  watermark: 0,
  live: true,
  report: partly<RunFigures['report']>({
    sources: [{ id: 'app', read, accepted: read, rejected: 0, duplicate: 0 }],
    operators: [],
    sinks: [{ id: '~rejected', offered: 0, written: 0, filtered: 0, failed: 0, held: 0, from: [], note: '', figures: {} }],
  }),
});

describe('a look at a run', () => {
  it('knows rates of what was noted before anybody looked', () => {
    let now = 0;
    let read = 0;
    const run = new RunLook('orders', { now: () => now, monotonic: () => now });
    run.figures = () => figures(read);
    expect(run.look().rate).to.equal(0);
    for (let second = 1; second <= 3; second += 1) {
      [now, read] = [second * 1_000, second * 200];
      run.note();
    }
    expect(run.look().rate).to.equal(200);
  });

  it('holds what it saw, and none of the parts that no file names', () => {
    const run = new RunLook('orders', { now: () => 0, monotonic: () => 0 });
    expect(run.look()).to.deep.include({ subject: 'orders', newest: null, components: [], radar: null });
    run.figures = () => figures(1);
    run.see({ kind: 'radar', time: 0, key: '', radar: radarOfGroup });
    expect(run.look().radar).to.equal(radarOfGroup);
    expect(run.look().components?.map(({ id }) => id)).to.deep.equal(['app']);
  });
});
