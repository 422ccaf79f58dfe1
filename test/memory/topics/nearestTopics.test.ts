import { expect } from 'chai';
import { nearestTopics } from '../../../src/memory/topics/nearestTopics.ts';
import { listTopicIds, topicRecord } from '../../support/memory/topicRecords.ts';

describe('the nearest topics of a text', () => {
  const topics = [
    topicRecord('disk', [], {
      text: 'Disk failure on volume',
      members: [{ template_id: 'x', pattern: 'Disk failure on dn2, volume <path>', count: 3 }],
    }),
    topicRecord('slow', [], { text: 'Slow disk on write' }),
    topicRecord('jwt', [], { text: 'JWT expired for session' }),
  ];

  it('are ranked by cosine; what has nothing in common is none of them', () => {
    const near = nearestTopics('disk failure on dn2', topics, 5);
    expect(listTopicIds(near)).to.deep.equal(['disk', 'slow']);
    expect(near[0]!.match).to.be.within(0.6, 1);
    expect(nearestTopics('zebra giraffe', topics, 5)).to.deep.equal([]);
  });

  it('match a text that says exactly the same in full, values included', () => {
    expect(nearestTopics('Disk failure on dn2, volume', topics, 1)[0]!.match).to.be.closeTo(1, 1e-6);
    expect(nearestTopics('JWT expired for session', topics, 1)[0]!.match).to.be.closeTo(1, 1e-6);
  });

  it('are none of an empty text', () => {
    for (const text of ['', '   ', '<>']) expect(nearestTopics(text, topics, 5)).to.deep.equal([]);
  });
});
