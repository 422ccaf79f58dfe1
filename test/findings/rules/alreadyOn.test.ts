import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { AlreadyOn } from '../../../src/findings/rules/alreadyOn.ts';
import type { Blip } from '../../../src/signal.ts';
import { blipSignal, width } from '../../support/blips.ts';

const learning = { learned_ms: 1, warmup_ms: 2 };
/** An error in the window of that number, while its group is learned or after. */
const error = (window: number, isLearned: boolean, more: Partial<Blip> = {}): Blip =>
  blipSignal('a', window * width, { level: 'ERROR', why: isLearned ? {} : { learning }, first_seen: toIso(0), ...more }).blip;

describe('an error that is already on when its group has been learned', () => {
  it('is told since when, in the first window after, once', () => {
    const on = new AlreadyOn();
    expect([on.take(error(1, false)), on.take(error(2, false)), on.take(error(3, true)), on.take(error(4, true))]).to.deep.equal([
      null,
      null,
      0,
      null,
    ]);
  });

  it('is not one that paused for a window: it began anew', () => {
    const on = new AlreadyOn();
    on.take(error(1, false));
    expect(on.take(error(3, true))).to.equal(null);
  });

  it('is none below ERROR, in an open window, or without lines', () => {
    for (const more of [{ level: 'WARN' as const }, { open: true }, { count: 0 }]) {
      const on = new AlreadyOn();
      on.take(error(1, false, more));
      expect(on.take(error(2, true))).to.equal(null);
    }
  });

  it('is none that was there before the windows of its group were changed', () => {
    const on = new AlreadyOn();
    on.take(error(1, false, { why: { learning: { ...learning, changed: toIso(10) } } }));
    expect(on.take(error(2, true))).to.equal(null);
  });

  it('is remembered over a restart', () => {
    const on = new AlreadyOn();
    on.take(error(1, false, { first_seen: toIso(7) }));
    const restored = new AlreadyOn();
    restored.load(on.save());
    expect(restored.take(error(2, true))).to.equal(7);
  });
});
