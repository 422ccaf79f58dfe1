import { expect } from 'chai';
import fc from 'fast-check';
import { isoOf } from '../../../src/event.ts';
import { agedTo, withLasting, type Lasting } from '../../../src/memory/ranking/decay.ts';
import { bitsOf, scoreOf } from '../../../src/memory/ranking/salience.ts';
import type { Blip } from '../../../src/signal.ts';
import { sampleBlip } from '../../support/viewSamples.ts';

const WINDOW = 300_000;
const HOUR = 3_600_000;
const noBits = { surprise: 0, burst: 0, novelty: 0, severity: 0, together: 0 };

function blip(at: number, terms: Partial<typeof noBits>, more: Partial<Blip> = {}): Blip {
  const bits = bitsOf({ ...noBits, ...terms }, 1);
  return sampleBlip({
    topic_id: 't',
    group_id: 'g',
    start: isoOf(at * WINDOW),
    end: isoOf((at + 1) * WINDOW),
    last_seen: isoOf((at + 1) * WINDOW),
    bits,
    score: scoreOf(bits.total),
    state: 'new',
    count: 1,
    why: { seen: 1 },
    trend: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ...more,
  });
}
const windowAt = (at: number) => ({ start: isoOf(at * WINDOW), end: isoOf((at + 1) * WINDOW), now: (at + 1) * WINDOW });
const disk = (at: number) => blip(at, { surprise: 10, novelty: 9, severity: 8 }, { level: 'ERROR' });

describe('what lasts beyond its window', () => {
  it('keeps the line of a first-ever ERROR with a count of 0, the terms of its window and its age', () => {
    const lasting: Lasting[] = [];
    withLasting([disk(0)], lasting, windowAt(0));
    const [line, ...others] = withLasting([], lasting, windowAt(12));
    expect(others).to.be.empty;
    expect(line).to.deep.include({ count: 0, state: 'gone', level: 'ERROR', start: isoOf(12 * WINDOW) });
    expect(line!.bits).to.include({ surprise: 10, novelty: 9, severity: 8, age_factor: 2 ** (-1 / 6) });
    expect(line!.why).to.deep.include({
      seen: 1,
      of_window: { start: isoOf(0), end: isoOf(WINDOW), count: 1, state: 'new' },
      last_seen_before_close_ms: HOUR,
    });
    expect(line!.score).to.equal(scoreOf(27 * 2 ** (-1 / 6)));
  });

  it('calls it new for as long as its trend shows when it came, gone after', () => {
    const lasting: Lasting[] = [];
    const states = [0, 1, 2, 11, 12, 40].map((at) => withLasting(at === 0 ? [disk(0)] : [], lasting, windowAt(at))[0]!);
    expect(states.map(({ state }) => state)).to.deep.equal(['new', 'new', 'new', 'new', 'gone', 'gone']);
    expect(states[2]!.trend.slice(-4)).to.deep.equal([0, 1, 0, 0]);
    expect(states[4]!.trend).to.deep.equal(Array(12).fill(0));
  });

  it('keeps its weight while it comes at a rate that has become usual, with the count of now', () => {
    const lasting: Lasting[] = [];
    withLasting([disk(0)], lasting, windowAt(0));
    const [line] = withLasting([blip(5, { severity: 1 }, { state: 'steady', count: 7, usual: 7 })], lasting, windowAt(5));
    expect(line).to.include({ state: 'steady', count: 7 });
    expect(line!.score).to.be.above(80);
  });

  it('gives way to a stronger window of its own', () => {
    const lasting: Lasting[] = [];
    withLasting([blip(0, { novelty: 12 })], lasting, windowAt(0));
    const stronger = blip(1, { burst: 30, severity: 3 }, { state: 'rising' });
    expect(withLasting([stronger], lasting, windowAt(1))).to.deep.equal([stronger]);
    expect(withLasting([], lasting, windowAt(2))[0]!.bits).to.include({ burst: 30, novelty: 0 });
  });

  it('lets go below a score of 10, within two days of the strongest', () => {
    const lasting: Lasting[] = [];
    withLasting([disk(0)], lasting, windowAt(0));
    let at = 1;
    while (withLasting([], lasting, windowAt(at)).length > 0) at += 12;
    expect(lasting).to.be.empty;
    expect(at / 12).to.be.within(20, 48);
  });

  it('remembers no change of rate in calm lines, however large', () => {
    const lasting: Lasting[] = [];
    withLasting([blip(0, { surprise: 14, burst: 20 }, { state: 'rising' })], lasting, windowAt(0));
    expect(lasting).to.be.empty;
  });

  it('goes over to the pattern that another turned out to be', () => {
    const lasting: Lasting[] = [];
    withLasting([disk(0)], lasting, windowAt(0));
    const heir = blip(1, {}, { topic_id: 'heir', state: 'steady', merged: ['t'] });
    const lines = withLasting([heir], lasting, windowAt(1));
    expect(lines.map(({ topic_id: id, score }) => [id, score > 80])).to.deep.equal([['heir', true]]);
  });

  it('is at most 16 lines a group, the most salient', () => {
    const lasting: Lasting[] = [];
    const many = Array.from({ length: 40 }, (_, i) => blip(0, { novelty: 11 + i / 10 }, { topic_id: `t${i}` }));
    withLasting(many, lasting, windowAt(0));
    expect(lasting.map(({ latest }) => latest.topic_id)).to.have.members(many.slice(-16).map((one) => one.topic_id));
  });

  it('never scores a line above its strongest window, nor below what it does now, and only falls while nothing comes', () => {
    const step = fc.record({
      gap: fc.integer({ min: 1, max: 30 }),
      novelty: fc.option(fc.double({ min: 0, max: 12, noNaN: true })),
      severity: fc.double({ min: 0, max: 14, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const lasting: Lasting[] = [];
        let at = 0;
        let most = 0;
        let before = Number.POSITIVE_INFINITY;
        for (const { gap, novelty, severity } of steps) {
          at += gap;
          const own = novelty === null ? [] : [blip(at, { novelty, severity })];
          const [line, ...others] = withLasting(own, lasting, windowAt(at));
          expect(others).to.be.empty;
          most = Math.max(most, own[0]?.score ?? 0);
          if (line) expect(line.score).to.be.within(own[0]?.score ?? 10, most);
          if (line && !own[0]) expect(line.score).to.be.at.most(before);
          if (line) expect(line.score).to.equal(scoreOf(line.bits.total));
          before = line?.score ?? 0;
        }
        expect(JSON.parse(JSON.stringify(lasting))).to.deep.equal(lasting);
      }),
    );
  });

  it('counts ages to the newest event where the input ended within the window', () => {
    const late = { ...disk(0), last_seen: isoOf(1000), bits: bitsOf({ ...noBits, novelty: 9 }, 0.1) };
    expect(agedTo(late, 1000).bits).to.include({ age_factor: 1, total: 9 });
    expect(agedTo(late, 1000).why).to.include({ last_seen_before_close_ms: 0 });
  });
});
