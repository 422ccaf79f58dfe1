import { expect } from 'chai';
import { findSimilar, noteOn, rememberEpisode } from '../../../src/findings/episodes/pastEpisode.ts';
import type { Mark } from '../../../src/signal.ts';

const members = (...ids: string[]) => ids.map((id, at) => ({ id, group: 'g', at }));
const past = (id: string, since: number, ...ids: string[]) =>
  rememberEpisode({ id, since, members: members(...ids) }, since + 10, 'x', { notes: [], changed: null });
const mark = (words: Partial<Mark>): Mark => ({ id: 'm', type: 'note', target: 'e', who: 'ann', at: '2026-03-14T00:00:00Z', ...words });
const ids = (some: ReturnType<typeof findSimilar>) => some.map(({ id }) => id).join(' ');

describe('an episode that is over', () => {
  it('is remembered with the last word and the last link on it', () => {
    const notes = [mark({ text: 'disk', link: 'https://x/1' }), mark({ text: 'cable' })];
    const one = rememberEpisode({ id: 'e', since: 100, members: members('a') }, 90, 'disk', { notes, changed: 60_000 });
    expect(one).to.deep.equal({
      id: 'e',
      at: 100,
      lasted: 0,
      patterns: ['a'],
      label: 'disk',
      note: 'cable',
      link: 'https://x/1',
      began: [['g', 0]],
      changed: 60_000,
    });
    noteOn(one, mark({ text: '' }));
    expect([one.note, one.link]).to.deep.equal(['', 'https://x/1']);
  });

  it('is like another that has a third of its patterns, and no less', () => {
    const found = (...now: string[]) => ids(findSimilar(members(...now), [past('e', 0, 'a', 'b', 'z')]));
    expect([found('a'), found('a', 'x'), found('a', 'x', 'y'), found('a', 'b', 'x', 'y', 'w'), found('x')]).to.deep.equal([
      'e',
      'e',
      '',
      'e',
      '',
    ]);
  });

  it('comes with most in common first, then the latest, then by id, three at most', () => {
    const all = [past('old', 1, 'a'), past('both', 0, 'a', 'b'), past('z', 5, 'a'), past('new', 5, 'b'), past('other', 9, 'q')];
    expect(ids(findSimilar(members('a', 'b'), all))).to.equal('both new z');
  });

  it('says how many patterns of how many, and words only where somebody left some', () => {
    const noted = past('n', 0, 'a');
    noteOn(noted, mark({ link: 'https://x/2' }));
    expect(findSimilar(members('a', 'b'), [noted])).to.deep.equal([
      { id: 'n', at: '1970-01-01T00:00:00.000Z', lasted_ms: 10, patterns: 1, of: 2, link: 'https://x/2' },
    ]);
  });
});
