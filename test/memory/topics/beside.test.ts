import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { besides, usuallyAhead } from '../../../src/memory/topics/beside.ts';
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

describe('what moved beside a moment', () => {
  it('is told as before, during and after, the nearest first, each topic once', () => {
    const topics = [record('early', [20, 58]), record('same', [61, 63]), record('late', [70]), record('far', [200]), record('first', [59])];
    const { before, during, after } = besides(topics, { from: 60 * MINUTE, to: 65 * MINUTE }, 30 * MINUTE);
    expect([names(before), names(during), names(after)]).to.deep.equal([['first', 'early'], ['same'], ['late']]);
    expect(before[0]!.offset).to.equal(-MINUTE);
  });

  it('keeps topics of two groups apart that have the same id', () => {
    const topics = [record('a', [58]), record('a', [58], { group_id: 'other' })];
    expect(besides(topics, { from: 60 * MINUTE, to: 61 * MINUTE }, 30 * MINUTE).before).to.have.lengthOf(2);
  });

  it('usually comes before when it did so at least every other time', () => {
    const topics = [record('always', [95, 195, 290]), record('twice', [90, 280]), record('once', [99]), record('after', [101, 201])];
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
