import { expect } from 'chai';
import { linkIncidents } from '../../../src/findings/incidents/incident.ts';
import { tellTimeline } from '../../../src/findings/incidents/timeline.ts';
import type { Mark } from '../../../src/signal.ts';
import { episode } from '../../support/views/viewSamples.ts';

const marks: Mark[] = [
  { id: '1', type: 'ack', target: episode.id, who: 'ada', at: '2026-05-04T10:01:00.000Z', until: '2026-05-04T12:00:00.000Z' },
  { id: '2', type: 'note', target: episode.id, who: 'ben', at: '2026-05-04T10:10:00.000Z', text: 'pay-3 is down', link: 'INC-1' },
  { id: '3', type: 'change', target: '', who: 'ci', at: '2026-05-04T10:20:00.000Z', text: 'rollback' },
];
const over = { ...episode, state: 'resolved' as const, updated: '2026-05-04T10:30:00.000Z' };

describe('the timeline of an incident', () => {
  it('has changes, what moved, who was sent it, what was answered and its end, in order of time', () => {
    const [incident] = linkIncidents([over], marks);
    const story = tellTimeline(incident!, [{ at: '2026-05-04T09:58:31.000Z', to: 'pager' }]);
    expect(story.map(({ offset_ms: ms, kind, word, text }) => `${Math.round(ms / 1000)} ${kind} ${word} ${text}`.trim())).to.deep.equal([
      '-452 change change payments v412',
      '0 moved rising Retry <n> of 5 for order <id>',
      '89 moved new Payment gateway pay-3 refused <id>: timeout',
      '179 sent sent to pager',
      '218 moved returning Charge timed out after 3 tries',
      '328 answer acked ada, until 2026-05-04T12:00:00.000Z',
      '868 answer note ben, "pay-3 is down", INC-1',
      '1468 change change rollback',
      '2068 over over',
    ]);
  });

  it('of what is on has no end', () => {
    const [incident] = linkIncidents([episode], []);
    expect(tellTimeline(incident!).some(({ kind }) => kind === 'over')).to.equal(false);
  });
});
