import { expect } from 'chai';
import fc from 'fast-check';
import { toIso } from '../../../src/event.ts';
import { followEarlier, type Salient } from '../../../src/memory/ranking/earlier.ts';
import type { Blip } from '../../../src/signal.ts';
import { blipSignal, width } from '../../support/blips.ts';

const windowAt = (n: number, length = width) => ({ start: toIso((n - 1) * length), end: toIso(n * length) });
const line = (id: string, n: number, bits: number, more: Partial<Blip> = {}, length = width): Blip =>
  blipSignal(id, n * length, { ...windowAt(n, length), state: 'rising', ...more }, bits).blip;

/** Ids below, window by window. */
function below(windows: Blip[][], length = width): string[] {
  const remembered: Salient[] = [];
  return windows.map((all, n) =>
    followEarlier({ top: all, all }, remembered, windowAt(n + 1, length))
      .map(({ topic_id: id }) => id)
      .join(' '),
  );
}
const none = (many: number): Blip[][] => Array.from({ length: many }, () => []);

describe('what stood on top and is over', () => {
  it('is shown the longer the more it stood out: from two windows to five', () => {
    const shown = (bits: number) => below([[line('a', 1, bits)], ...none(7)]).filter((ids) => ids === 'a').length;
    expect([10, 20, 30, 50, 120].map(shown)).to.deep.equal([2, 2, 3, 4, 5]);
  });
  it('is shown no longer than six hours, and no shorter than two windows', () => {
    const hours = (n: number) => n * 3_600_000;
    expect(below([[line('a', 1, 30, {}, hours(2))], ...none(5)], hours(2))).to.deep.equal(['', 'a', 'a', 'a', '', '']);
    expect(below([[line('a', 1, 30, {}, hours(24))], ...none(4)], hours(24))).to.deep.equal(['', 'a', 'a', '', '']);
  });
  it('is at most three lines, the strongest and latest first', () => {
    const first = ['a', 'b', 'c', 'd'].map((id, i) => line(id, 1, 20 + 5 * i));
    expect(below([first, [line('e', 2, 18)], []])).to.deep.equal(['', 'd c b', 'e d c']);
    expect(below([[line('old', 1, 30)], [], [line('late', 3, 28)], []]).at(-1)).to.equal('late old');
  });
  it('is not what stands out now, nor what is still on', () => {
    expect(below([[line('a', 1, 30)], [line('a', 2, 12)], [line('a', 3, 0)], [line('a', 4, 0, { on_since: toIso(0) })]])).to.deep.equal([
      '',
      '',
      'a',
      '',
    ]);
  });
  it('tells of its strongest window, and until when it stood out', () => {
    const remembered: Salient[] = [];
    followEarlier({ top: [line('a', 1, 30, { count: 70 })], all: [] }, remembered, windowAt(1));
    followEarlier({ top: [line('a', 2, 12, { count: 20 })], all: [] }, remembered, windowAt(2));
    const [told] = followEarlier({ top: [], all: [] }, remembered, windowAt(3));
    expect(told).to.include({ count: 70, end: toIso(width), until: toIso(2 * width) });
  });
  it('is nothing of what was new only because a group was being learned', () => {
    const learning = { why: { learning: { learned_ms: 1, warmup_ms: 2 } }, state: 'new' as const };
    expect(below([[line('a', 1, 30, learning)], []])).to.deep.equal(['', '']);
  });
  it('is nothing that never was on the list', () => {
    const remembered: Salient[] = [];
    followEarlier({ top: [], all: [line('a', 1, 30)] }, remembered, windowAt(1));
    expect(followEarlier({ top: [], all: [] }, remembered, windowAt(2))).to.deep.equal([]);
  });
  it('shows the counts since beside it', () => {
    const trend = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30];
    const remembered: Salient[] = [];
    followEarlier({ top: [line('a', 1, 30, { trend })], all: [] }, remembered, windowAt(1));
    expect(followEarlier({ top: [], all: [] }, remembered, windowAt(3))[0]!.trend_now).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 30, 0, 0]);
  });
  it('is bounded plain data, never more than three, none of them listed with more than half a score (property)', () => {
    const step = fc.array(fc.record({ id: fc.nat(100), bits: fc.double({ min: 0, max: 60, noNaN: true }) }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (windows) => {
        const remembered: Salient[] = [];
        windows.forEach((lines, n) => {
          const all = [...new Map(lines.map(({ id, bits }) => [id, line(`t${id}`, n + 1, bits)])).values()];
          const shown = followEarlier({ top: all.slice(0, 8), all }, remembered, windowAt(n + 1));
          expect(shown.length).to.be.at.most(3);
          for (const { topic_id: id, score } of shown) {
            expect(score).to.be.at.least(50);
            expect(all.find((one) => one.topic_id === id)?.score ?? 0).to.be.below(50);
          }
        });
        expect(remembered.length).to.be.at.most(64);
        expect(JSON.parse(JSON.stringify(remembered))).to.deep.equal(remembered);
      }),
      { numRuns: 60 },
    );
  });
});
