import { expect } from 'chai';
import { episodeMarkdown } from '../../../src/views/markdown/episodeMarkdown.ts';
import { episode } from '../../support/views/viewSamples.ts';

const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const short = (id: string) => id.slice(0, 4);

describe('episodeMarkdown', () => {
  it('members and changes stand in the order of time, what they share and what was like it below', () => {
    const lines = episodeMarkdown(episode, short, view);
    const order = lines.filter((line) => /^\| [+-]\d/.test(line)).map((line) => line.split(' ')[1]);
    expect(order).to.deep.equal(['-7:32', '+0:00', '+1:29', '+3:38']);
    expect(lines.join('\n'))
      .to.contain('In common: `pay-3` in 3 of 3. Order in time')
      .and.to.contain('Seen before: `e4aa` 2026-02-11 04:20Z, 41m, 2 of 3 patterns. `gateway restarted`');
  });

  it('one that is over has lasted until then, not until now', () => {
    const over = { ...episode, state: 'resolved' as const, updated: new Date(Date.parse(episode.since) + 41 * 60_000).toISOString() };
    expect(episodeMarkdown(over, short, { ...view, now: Date.parse(episode.since) + 86_400_000 })[0]).to.contain('resolved 41m');
  });
});
