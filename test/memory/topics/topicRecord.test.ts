import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { currentState, findWindow } from '../../../src/memory/topics/currentState.ts';
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
