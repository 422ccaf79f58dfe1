import { expect } from 'chai';
import { currentState, findWindow } from '../../../src/memory/topics/currentState.ts';
import { blipOfRecord, readJudged } from '../../../src/memory/topics/topicRecord.ts';
import { sampleBlip } from '../../support/views/viewSamples.ts';
import { MINUTE, topicRecord } from '../../support/memory/topicRecords.ts';

describe('the record of a topic', () => {
  const blip = sampleBlip({ state: 'rising' });

  it('gives back the blip it was last judged by', () => {
    const { text: _t, ...rest } = topicRecord(blip.topic_id, [], { judged: readJudged(blip) });
    expect(blipOfRecord({ ...rest, text: 'x', label: blip.label })).to.deep.equal(blip);
    expect(blipOfRecord(topicRecord('never'))).to.equal(null);
  });

  it('is in the state of its last window, and gone once its trend is empty', () => {
    const end = Date.parse(blip.end);
    const topic = topicRecord('t', [], { judged: readJudged(blip) });
    expect(findWindow([topicRecord('u'), topic])).to.equal(5 * MINUTE);
    expect([0, 30, 59, 61].map((later) => currentState(topic, end + later * MINUTE, 5 * MINUTE))).to.deep.equal([
      'rising',
      'rising',
      'rising',
      'gone',
    ]);
    expect(currentState(topicRecord('u'), end, 5 * MINUTE)).to.equal('steady');
  });
});
