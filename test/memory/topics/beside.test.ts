import { expect } from 'chai';
import { besides, usuallyAhead } from '../../../src/memory/topics/beside.ts';
import { listTopicIds, MINUTE, topicRecord } from '../../support/memory/topicRecords.ts';

describe('what moved beside a moment', () => {
  it('is told as before, during and after, the nearest first, each topic once', () => {
    const topics = [
      topicRecord('early', [20, 58]),
      topicRecord('same', [61, 63]),
      topicRecord('late', [70]),
      topicRecord('far', [200]),
      topicRecord('first', [59]),
    ];
    const { before, during, after } = besides(topics, { from: 60 * MINUTE, to: 65 * MINUTE }, 30 * MINUTE);
    expect([listTopicIds(before), listTopicIds(during), listTopicIds(after)]).to.deep.equal([['first', 'early'], ['same'], ['late']]);
    expect(before[0]!.offset).to.equal(-MINUTE);
  });

  it('keeps topics of two groups apart that have the same id', () => {
    const topics = [topicRecord('a', [58]), topicRecord('a', [58], { group_id: 'other' })];
    expect(besides(topics, { from: 60 * MINUTE, to: 61 * MINUTE }, 30 * MINUTE).before).to.have.lengthOf(2);
  });

  it('usually comes before when it did so at least every other time', () => {
    const topics = [
      topicRecord('always', [95, 195, 290]),
      topicRecord('twice', [90, 280]),
      topicRecord('once', [99]),
      topicRecord('after', [101, 201]),
    ];
    const ahead = usuallyAhead(
      topics,
      [100, 200, 300].map((at) => at * MINUTE),
      30 * MINUTE,
    );
    expect(ahead.map(({ topic, in: times, of, earlier }) => [topic.topic_id, times, of, Math.round(earlier / MINUTE)])).to.deep.equal([
      ['always', 3, 3, 7],
      ['twice', 2, 3, 15],
    ]);
    expect(usuallyAhead(topics, [], MINUTE)).to.deep.equal([]);
  });
});
