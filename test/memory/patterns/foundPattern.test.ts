import { expect } from 'chai';
import { asKnown, asNoNews, foundPattern, isKnownFor, type Arrival } from '../../../src/memory/patterns/foundPattern.ts';
import type { Topic } from '../../../src/memory/topics/topic.ts';
import { patternNamed } from '../../support/memory/patterns.ts';

const day = 86_400_000;
const founding = { time: 5 * day, window: 100, exposure: 7, novelty: 6, newPerWindow: 0.5 };

function founded(arrival: Arrival, more: Partial<Topic> = {}) {
  const topic = { ...patternNamed('t1', 'disk full', founding).topic, first: 0, last: day, total: 9, level: 4, ...more };
  return foundPattern({ template: 't1', text: 'disk failed', topic, arrival }, founding);
}

describe('a pattern that comes into being', () => {
  it('is news of its window where it founds its topic', () => {
    expect(founded('founds')).to.deep.include({
      novelty: 6,
      foundedIn: 100,
      returnedIn: null,
      first: 5 * day,
      total: 0,
      level: -1,
      window: 99,
    });
    expect(founded('founds').word?.word).to.equal('failed');
    expect(founded('founds').rate.exposure).to.equal(7);
  });

  it('is back with its history where it is all of its topic', () => {
    expect(founded('returns')).to.deep.include({ novelty: 0, returnedIn: 100, first: 0, last: day, total: 9, level: 4 });
    expect(founded('returns', { templates: ['t1', 't2'] })).to.deep.include({ returnedIn: 100, first: 5 * day, total: 0, level: -1 });
  });

  it('is no news where it joins a topic that has been known for a day', () => {
    expect(founded('joins', { first: 4 * day })).to.deep.include({ novelty: 0, foundedIn: Number.MIN_SAFE_INTEGER });
    expect(founded('joins', { first: 4 * day + 1 })).to.deep.include({ novelty: 6, foundedIn: 100 });
  });

  it('turns out to be no news later: nothing is usual for it yet', () => {
    const pattern = founded('founds');
    const topic = { ...pattern.topic, first: 4 * day };
    expect([isKnownFor(topic, 5 * day), isKnownFor(topic, 5 * day - 1)]).to.deep.equal([true, false]);
    expect(asKnown({ ...pattern }, topic, 5 * day - 1)).to.include({ novelty: 6 });
    expect(asKnown({ ...pattern }, topic, 5 * day).rate.exposure).to.equal(0);
    expect(asNoNews({ ...pattern }).novelty).to.equal(0);
  });
});
