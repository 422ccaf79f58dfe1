import { expect } from 'chai';
import { measureSurplus } from '../../../src/memory/topics/surplus.ts';
import { patternWith } from '../../support/memory/patterns.ts';
import { DAY } from '../../../src/memory/classic/weights.ts';
import type { Topic } from '../../../src/memory/topics/topic.ts';

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
