import { expect } from 'chai';
import { linkIncidents } from '../../../src/findings/incidents/incident.ts';
import { tellTimeline } from '../../../src/findings/incidents/timeline.ts';
import { postmortem } from '../../../src/views/incidents/postmortem.ts';
import { episode } from '../../support/views/viewSamples.ts';

const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const [now, before] = linkIncidents(
  [
    {
      ...episode,
      result: { ...episode.result, lines: [{ at: '2026-05-04T09:57:01.250Z', group_id: 'app:orders', text: 'refused ``` <b>o-1</b>' }] },
    },
    { ...episode, id: 'e4aa01', state: 'resolved', since: '2026-02-11T04:20:00.000Z', updated: '2026-02-11T05:01:00.000Z' },
  ],
  [
    { id: '1', type: 'ack', target: 'e7c1aa', who: 'ada', at: '2026-05-04T10:01:32.000Z', link: 'https://x.example/1' },
    {
      id: '2',
      type: 'resolve',
      target: 'e4aa01',
      who: '@ben',
      at: '2026-02-11T05:01:00.000Z',
      text: 'gateway restarted',
      link: 'https://x.example/0',
    },
  ],
);

describe('the draft of a post-mortem', () => {
  const text = postmortem(now!, tellTimeline(now!, [{ at: '2026-05-04T09:58:32.000Z', to: 'pager' }]), view).join('\n');

  it('sums up when, how far, what was before it, who was sent it and answered', () => {
    for (const part of [
      '# Incident e7c1: `Payment gateway pay-3 refused <id>: timeout`',
      '- **When**: 2026-05-04 09:55:32-10:00:00Z, still on after 4m',
      '- **Extent**: 3 patterns in 2 groups; first in `app:orders`',
      '- **In common**: `pay-3` in 3 of 3',
      '- **Changed before**: `payments v412`, 7m earlier',
      '- **Sent**: 3m after it began, `to pager`',
      '- **Answered**: 6m after it began, by `ada`',
      '- **Links**: <https://x.example/1>',
      '- `e4aa` 2026-02-11 04:20Z, 100.0 % alike: `Payment gateway pay-3 refused <id>: timeout`, `gateway restarted`, <https://x.example/0>',
    ])
      expect(text).to.contain(part);
    expect(text).to.match(/^\| 09:57:01Z \| \+1:29 \| new \| 42 \| `app:orders` \| `Payment gateway pay-3 refused <id>: timeout` \|$/m);
  });

  it('leaves open what no log knows', () => {
    expect(text).to.contain('- What was the cause, and how is that known?');
  });

  it('keeps what comes from outside in code, where it can do nothing', () => {
    expect(text.match(/```/g)).to.have.length(2);
    const old = postmortem(before!, tellTimeline(before!), view).join('\n');
    expect(old).to.contain('- **Ended by**: `@ben`').and.to.contain('## It came back').and.to.contain('nothing that was sent is kept');
  });
});
