import { expect } from 'chai';
import { isWorthTelling, loudAt } from '../../../src/memory/judge/early.ts';
import { canBeMissed, judge, type Circumstances } from '../../../src/memory/judge/judge.ts';
import { measureSurplus } from '../../../src/memory/topics/surplus.ts';
import { TREND, type Pattern } from '../../../src/memory/patterns/pattern.ts';
import { catchUp, countLine, foldWindow, isSilent, mergePatterns } from '../../../src/memory/patterns/patternHistory.ts';
import { patternNamed } from '../../support/patterns.ts';
import { DAY } from '../../../src/memory/classic/weights.ts';
import type { Topic } from '../../../src/memory/topics/topic.ts';
import { openCell } from '../../../src/memory/windows/window.ts';

const HALF_LIFE = 288;
const WINDOW = 300_000;
let made = 0;

function patternWith(counts: readonly number[], text = `text${(made += 1)} of some kind`): Pattern {
  const pattern = patternNamed(`t${made}`, text, { time: 0, window: 0, exposure: 0, novelty: 5, newPerWindow: 0 });
  counts.forEach((n, i) => {
    for (let k = 0; k < n; k++) countLine(pattern, (i + (k + 0.5) / n) * WINDOW, -1);
    foldWindow(pattern, i, n, 1, HALF_LIFE);
  });
  return pattern;
}
const at = (index: number, more: Partial<Circumstances> = {}): Circumstances => ({
  windowMs: WINDOW,
  index,
  now: (index + 1) * WINDOW,
  asOf: (index + 1) * WINDOW,
  exposure: 1,
  open: false,
  traffic: null,
  levels: [0, 0, 0, 1000, 0, 0, 0],
  ...more,
});
const cell = (count: number, index: number, level = 2) => ({
  ...openCell(index * WINDOW, 1),
  count,
  level,
  peak: 1,
  last: (index + 1) * WINDOW,
});

describe('the history of a pattern', () => {
  it('folds windows that were missed as windows without an event', () => {
    const [missed, told] = [patternWith([5, 6]), patternWith([5, 6, 0, 0, 0])];
    catchUp(missed, 5, HALF_LIFE);
    expect(missed.trend).to.deep.equal(told.trend);
    expect(missed.rate.sum).to.be.closeTo(told.rate.sum, 1e-9);
    expect(missed.window).to.equal(4);
  });

  it('keeps as many windows as the trend shows', () => {
    const pattern = patternWith(Array.from({ length: 40 }, (_, i) => i));
    expect(pattern.trend).to.deep.equal(Array.from({ length: TREND }, (_, i) => 28 + i));
    catchUp(pattern, 1000, HALF_LIFE);
    expect(isSilent(pattern)).to.equal(true);
  });

  it('begins a new usual once it was told to be gone and stayed away for the whole trend', () => {
    const pattern = patternWith(Array<number>(30).fill(100));
    pattern.gone = true;
    for (let i = 30; i < 30 + TREND; i++) foldWindow(pattern, i, 0, 1, HALF_LIFE);
    expect(pattern.rate).to.deep.equal({ sum: 0, squares: 0, exposure: TREND });
    foldWindow(pattern, 42, 9, 1, HALF_LIFE);
    expect(pattern.gone).to.equal(false);
  });

  it('adds up when two patterns turn out to be one', () => {
    const [heir, gone] = [patternWith([1, 2, 3]), patternWith([10])];
    countLine(heir, 50, 2);
    countLine(gone, 20, 4);
    countLine(gone, 90, 1);
    mergePatterns(heir, gone, HALF_LIFE);
    expect(heir.trend).to.deep.equal([11, 2, 3]);
    expect(heir).to.include({ total: 19, level: 4 });
  });
});

describe('the judgement of a pattern', () => {
  it('calls it new for two windows more where its first sight was news', () => {
    const fresh = patternWith([]);
    expect([0, 1, 2, 3].map((index) => judge(fresh, cell(3, index), at(index)).state === 'new')).to.deep.equal([true, true, true, false]);
    fresh.novelty = 1;
    expect(judge(fresh, cell(3, 1), at(1)).state).to.not.equal('new');
  });

  it('counts the severity of known trouble for a fifth, and in full again when it rises', () => {
    const known = patternWith(Array<number>(50).fill(20));
    const calm = judge(known, cell(20, 50, 4), at(50)).bits.severity;
    const loud = judge(known, cell(200, 50, 4), at(50)).bits.severity;
    expect(calm).to.be.closeTo(loud / 5, 1e-9);
  });

  it('misses nothing while the window is open', () => {
    const known = patternWith(Array<number>(50).fill(50));
    expect(judge(known, cell(2, 50), at(50)).state).to.equal('falling');
    expect(judge(known, cell(2, 50), at(50, { open: true, exposure: 0.1 })).state).to.equal('steady');
  });

  it('holds too little only against the part of the window that was watched', () => {
    const known = patternWith(Array<number>(50).fill(50));
    expect(judge(known, cell(5, 50), at(50, { exposure: 0.1 }))).to.include({ state: 'steady', usual: 5 });
  });

  it('spares only absences that could not be told', () => {
    for (const each of [0.2, 1, 2, 4, 5, 8, 50]) {
      const pattern = patternWith(Array.from({ length: 200 }, (_, i) => Math.floor((i + 1) * each) - Math.floor(i * each)));
      if (!canBeMissed(pattern, 201 * WINDOW)) expect(judge(pattern, null, at(200)).state, `${each}`).to.equal('steady');
    }
    expect(canBeMissed(patternWith(Array<number>(50).fill(50)), 51 * WINDOW)).to.equal(true);
  });

  it('gives what stopped no severity', () => {
    const known = patternWith(Array<number>(50).fill(50));
    known.level = 4;
    expect(judge(known, null, at(50))).to.deep.include({ state: 'gone', level: 'ERROR' });
    expect(judge(known, null, at(50)).bits.severity).to.equal(0);
  });
});

describe('early results', () => {
  it('look at what is new at once, and at the rest far above its usual', () => {
    expect(loudAt(patternWith([]), 0)).to.equal(1);
    expect(loudAt(patternWith(Array<number>(50).fill(50)), 50)).to.be.within(60, 120);
    expect(loudAt(patternWith([]), 1)).to.equal(Number.POSITIVE_INFINITY);
  });

  it('tell news once, and again only when it has grown', () => {
    const judged = judge(patternWith([]), cell(3, 0, 4), at(0));
    expect(isWorthTelling(judged, cell(3, 0))).to.equal(true);
    expect(isWorthTelling(judged, { ...cell(3, 0), told: judged.score })).to.equal(false);
    expect(isWorthTelling(judged, { ...cell(3, 0), told: judged.score - 10 })).to.equal(true);
    expect(isWorthTelling({ ...judged, state: 'steady', bits: { ...judged.bits, surprise: 0 } }, cell(3, 0))).to.equal(false);
  });
});

describe('what is too much', () => {
  const options = { period: 0, periodMs: DAY, maxTopics: 2, held: () => false };

  it('is the lightest first, then the longest unseen, and never what a window holds', () => {
    const topics = [0, 1, 2, 3].map(() => patternWith([]).topic) as [Topic, Topic, Topic, Topic];
    topics.forEach((topic, i) => Object.assign(topic, { last: 10 - i }));
    topics[0].weight.weight = 0.4;
    expect(measureSurplus(topics, options)).to.deep.equal([topics[0], topics[3]]);
    expect(measureSurplus(topics, { ...options, held: (topic) => topic === topics[0] })).to.deep.equal([topics[3], topics[2]]);
  });

  it('is everything whose weight is gone, however few there are', () => {
    const { topic } = patternWith([]);
    topic.weight.weight = 0.05;
    expect(measureSurplus([topic], options)).to.deep.equal([topic]);
  });
});
