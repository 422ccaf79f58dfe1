import { expect } from 'chai';
import { isWorthTelling, loudAt } from '../../../src/memory/judge/early.ts';
import { canBeMissed, judge, type Circumstances } from '../../../src/memory/judge/judge.ts';
import { surplusOf } from '../../../src/memory/topics/surplus.ts';
import { TREND, type Topic } from '../../../src/memory/topics/topic.ts';
import { catchUp, countEvent, foldWindow, isSilent, mergeHistory } from '../../../src/memory/topics/topicHistory.ts';
import { Topics } from '../../../src/memory/topics/topics.ts';
import { DAY } from '../../../src/memory/classic/weights.ts';
import { openCell } from '../../../src/memory/windows/window.ts';

const HALF_LIFE = 288;
const WINDOW = 300_000;
let made = 0;

function topicWith(counts: readonly number[], text = `text${(made += 1)} of some kind`): Topic {
  const topics = new Topics({ similarityThreshold: 0.8, lexical: true, periodMs: DAY, maxTombstones: 9 });
  const { topic } = topics.assign(`t${made}`, text, { time: 0, window: 0, exposure: 0, novelty: 5, newPerWindow: 0 });
  counts.forEach((n, i) => foldWindow(topic, i, n, 1, HALF_LIFE));
  return topic;
}
const at = (index: number, more: Partial<Circumstances> = {}): Circumstances => ({
  windowMs: WINDOW,
  index,
  now: (index + 1) * WINDOW,
  asOf: (index + 1) * WINDOW,
  exposure: 1,
  open: false,
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

describe('the history of a topic', () => {
  it('folds windows that were missed as windows without an event', () => {
    const [missed, told] = [topicWith([5, 6]), topicWith([5, 6, 0, 0, 0])];
    catchUp(missed, 5, HALF_LIFE);
    expect(missed.trend).to.deep.equal(told.trend);
    expect(missed.rate.sum).to.be.closeTo(told.rate.sum, 1e-9);
    expect(missed.window).to.equal(4);
  });

  it('keeps as many windows as the trend shows', () => {
    const topic = topicWith(Array.from({ length: 40 }, (_, i) => i));
    expect(topic.trend).to.deep.equal(Array.from({ length: TREND }, (_, i) => 28 + i));
    catchUp(topic, 1000, HALF_LIFE);
    expect(isSilent(topic)).to.equal(true);
  });

  it('begins a new usual once it was told to be gone and stayed away for the whole trend', () => {
    const topic = topicWith(Array<number>(30).fill(100));
    topic.gone = true;
    for (let i = 30; i < 30 + TREND; i++) foldWindow(topic, i, 0, 1, HALF_LIFE);
    expect(topic.rate).to.deep.equal({ sum: 0, squares: 0, exposure: TREND });
    foldWindow(topic, 42, 9, 1, HALF_LIFE);
    expect(topic.gone).to.equal(false);
  });

  it('adds up when two topics turn out to be one', () => {
    const [heir, gone] = [topicWith([1, 2, 3]), topicWith([10])];
    countEvent(heir, 50, 2, DAY);
    countEvent(gone, 20, 4, DAY);
    countEvent(gone, 90, 1, DAY);
    mergeHistory(heir, gone, HALF_LIFE);
    expect(heir.trend).to.deep.equal([11, 2, 3]);
    expect(heir).to.include({ total: 3, first: 0, last: 90, level: 4 });
  });
});

describe('the judgement of a topic', () => {
  it('calls it new for two windows more where its first sight was news', () => {
    const fresh = topicWith([]);
    expect([0, 1, 2, 3].map((index) => judge(fresh, cell(3, index), at(index)).state === 'new')).to.deep.equal([true, true, true, false]);
    fresh.novelty = 1;
    expect(judge(fresh, cell(3, 1), at(1)).state).to.not.equal('new');
  });

  it('counts the severity of known trouble for a fifth, and in full again when it rises', () => {
    const known = topicWith(Array<number>(50).fill(20));
    const calm = judge(known, cell(20, 50, 4), at(50)).bits.severity;
    const loud = judge(known, cell(200, 50, 4), at(50)).bits.severity;
    expect(calm).to.be.closeTo(loud / 5, 1e-9);
  });

  it('misses nothing while the window is open', () => {
    const known = topicWith(Array<number>(50).fill(50));
    expect(judge(known, cell(2, 50), at(50)).state).to.equal('falling');
    expect(judge(known, cell(2, 50), at(50, { open: true, exposure: 0.1 })).state).to.equal('steady');
  });

  it('holds too little only against the part of the window that was watched', () => {
    const known = topicWith(Array<number>(50).fill(50));
    expect(judge(known, cell(5, 50), at(50, { exposure: 0.1 }))).to.include({ state: 'steady', usual: 5 });
  });

  it('spares only absences that could not be told', () => {
    for (const each of [0.2, 1, 2, 4, 5, 8, 50]) {
      const topic = topicWith(Array.from({ length: 200 }, (_, i) => Math.floor((i + 1) * each) - Math.floor(i * each)));
      if (!canBeMissed(topic, 1)) expect(judge(topic, null, at(200)).state, `${each}`).to.equal('steady');
    }
    expect(canBeMissed(topicWith(Array<number>(50).fill(50)), 1)).to.equal(true);
  });

  it('gives what stopped no severity', () => {
    const known = topicWith(Array<number>(50).fill(50));
    known.level = 4;
    expect(judge(known, null, at(50))).to.deep.include({ state: 'gone', level: 'ERROR' });
    expect(judge(known, null, at(50)).bits.severity).to.equal(0);
  });
});

describe('early results', () => {
  it('look at what is new at once, and at the rest far above its usual', () => {
    expect(loudAt(topicWith([]), 0)).to.equal(1);
    expect(loudAt(topicWith(Array<number>(50).fill(50)), 50)).to.be.within(60, 120);
    expect(loudAt(topicWith([]), 1)).to.equal(Number.POSITIVE_INFINITY);
  });

  it('tell news once, and again only when it has grown', () => {
    const judged = judge(topicWith([]), cell(3, 0, 4), at(0));
    expect(isWorthTelling(judged, cell(3, 0))).to.equal(true);
    expect(isWorthTelling(judged, { ...cell(3, 0), told: judged.score })).to.equal(false);
    expect(isWorthTelling(judged, { ...cell(3, 0), told: judged.score - 10 })).to.equal(true);
    expect(isWorthTelling({ ...judged, state: 'steady', bits: { ...judged.bits, surprise: 0 } }, cell(3, 0))).to.equal(false);
  });
});

describe('what is too much', () => {
  const options = { period: 0, periodMs: DAY, maxTopics: 2, held: () => false };

  it('is the lightest first, then the longest unseen, and never what a window holds', () => {
    const topics = [topicWith([]), topicWith([]), topicWith([]), topicWith([])] as [Topic, Topic, Topic, Topic];
    topics.forEach((topic, i) => Object.assign(topic, { last: 10 - i }));
    topics[0].weight.weight = 0.4;
    expect(surplusOf(topics, options)).to.deep.equal([topics[0], topics[3]]);
    expect(surplusOf(topics, { ...options, held: (topic) => topic === topics[0] })).to.deep.equal([topics[3], topics[2]]);
  });

  it('is everything whose weight is gone, however few there are', () => {
    const topic = topicWith([]);
    topic.weight.weight = 0.05;
    expect(surplusOf([topic], options)).to.deep.equal([topic]);
  });
});
