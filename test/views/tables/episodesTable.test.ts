import { expect } from 'chai';
import { isEpisode } from '../../../src/findings/isEpisode.ts';
import { episodesMarkdown, episodesTable } from '../../../src/views/tables/episodesTable.ts';
import { episode, spike } from '../../support/views/viewSamples.ts';

const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const later = Date.parse(episode.since) + 600_000;

describe('episodesTable', () => {
  it('one that goes on lasts until what is known, one that is over lasted until then', () => {
    const over = { ...episode, id: 'e7aa000000', state: 'resolved' as const };
    const lines = episodesTable([episode, over], later, view);
    expect(lines).to.have.length(3);
    expect(lines[1]).to.match(/^ +97 {2}firing +2026-05-04 09:55Z +10m +3 +2 {2}e7c1 /);
    expect(lines[2]).to.match(/^ +97 {2}resolved +2026-05-04 09:55Z +4m +3 +2 {2}e7aa /);
  });

  it('says that there is none, in each form', () => {
    for (const draw of [episodesTable, episodesMarkdown]) expect(draw([], later, view)).to.deep.equal(['No episode is known.']);
    expect([isEpisode(episode), isEpisode(spike)]).to.deep.equal([true, false]);
  });

  it('as Markdown ids and titles are code', () => {
    const [, , row] = episodesMarkdown([{ ...episode, title: 'a | `b` @here' }], later, view);
    expect(row).to.equal('| 97 | firing | 2026-05-04 09:55Z | 10m | 3 | 2 | `e7c1` | `a \\| ˋbˋ @here` |');
  });
});
