import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { besides, usuallyAhead } from '../../../src/memory/topics/beside.ts';
import { currentState, findWindow } from '../../../src/memory/topics/currentState.ts';
import { nearestTopics } from '../../../src/memory/topics/nearestTopics.ts';
import { blipOfRecord, readJudged, type TopicRecord } from '../../../src/memory/topics/topicRecord.ts';
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

describe('the record of a topic', () => {
  const blip = sampleBlip({ state: 'rising' });

  it('gives back the blip it was last judged by', () => {
    const { text: _t, ...rest } = record(blip.topic_id, [], { judged: readJudged(blip) });
    expect(blipOfRecord({ ...rest, text: 'x', label: blip.label })).to.deep.equal(blip);
    expect(blipOfRecord(record('never'))).to.equal(null);
  });

  it('is in the state of its last window, and gone once its trend is empty', () => {
    const end = Date.parse(blip.end);
    const topic = record('t', [], { judged: readJudged(blip) });
    expect(findWindow([record('u'), topic])).to.equal(5 * MINUTE);
    expect([0, 30, 59, 61].map((later) => currentState(topic, end + later * MINUTE, 5 * MINUTE))).to.deep.equal([
      'rising',
      'rising',
      'rising',
      'gone',
    ]);
    expect(currentState(record('u'), end, 5 * MINUTE)).to.equal('steady');
  });
});
