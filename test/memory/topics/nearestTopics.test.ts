import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { nearestTopics } from '../../../src/memory/topics/nearestTopics.ts';
import { type TopicRecord } from '../../../src/memory/topics/topicRecord.ts';
import { sampleBlip } from '../../support/views/viewSamples.ts';

const MINUTE = 60_000;

function record(id: string, moves: number[] = [], more: Partial<TopicRecord> = {}): TopicRecord {
  const {
    start: _start,
    end: _end,
    open: _open,
    count: _count,
    usual: _usual,
    state: _state,
    score: _score,
    bits: _bits,
    why: _why,
    trend: _trend,
    ...facts
  } = sampleBlip({ topic_id: id, label: id });
  return {
    ...facts,
    text: id,
    template_ids: [],
    members: [],
    lineage: [],
    history: [],
    count_7d: 0,
    judged: null,
    moves: moves.map((at) => ({ at: toIso(at * MINUTE), until: toIso((at + 5) * MINUTE), state: 'rising', count: 9, usual: 1 })),
    ...more,
  };
}

const names = (list: readonly { topic: TopicRecord }[]) => list.map(({ topic }) => topic.topic_id);

describe('the nearest topics of a text', () => {
  const topics = [
    record('disk', [], {
      text: 'Disk failure on volume',
      members: [{ template_id: 'x', pattern: 'Disk failure on dn2, volume <path>', count: 3 }],
    }),
    record('slow', [], { text: 'Slow disk on write' }),
    record('jwt', [], { text: 'JWT expired for session' }),
  ];

  it('are ranked by cosine; what has nothing in common is none of them', () => {
    const near = nearestTopics('disk failure on dn2', topics, 5);
    expect(names(near)).to.deep.equal(['disk', 'slow']);
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
