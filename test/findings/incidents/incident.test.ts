import { expect } from 'chai';
import { findEnding, linkIncidents } from '../../../src/findings/incidents/incident.ts';
import type { EpisodeFinding, Mark } from '../../../src/signal.ts';
import { episode } from '../../support/views/viewSamples.ts';

/** An episode of some patterns that began on that day and was on for an hour. */
function made(id: string, day: number, patterns: string, state: EpisodeFinding['state'] = 'resolved'): EpisodeFinding {
  const since = `2026-05-0${day}T09:00:00.000Z`;
  const members = patterns.split('').map((one, at) => ({
    topic_id: one,
    template_id: `t-${one}`,
    group_id: 'app',
    at: `2026-05-0${day}T09:0${at}:00.000Z`,
    state: 'new',
    count: 1,
    label: one,
  }));
  return { ...episode, id, state, since, updated: `2026-05-0${day}T10:00:00.000Z`, result: { ...episode.result, members } };
}
const mark = (words: Partial<Mark>): Mark => ({ id: 'm', type: 'note', target: 'x', who: 'ada', at: '2026-05-02T09:30:00.000Z', ...words });

describe('incidents', () => {
  it('stand the latest first, each linked with the one it is the return of, and that one with its returns', () => {
    const all = linkIncidents([made('b', 2, 'pqr'), made('a', 1, 'xyz'), made('d', 4, 'xyw', 'firing'), made('c', 3, 'xyz')], []);
    expect(all.map(({ finding }) => finding.id)).to.deep.equal(['d', 'c', 'b', 'a']);
    const links = Object.fromEntries(all.map((one) => [one.finding.id, [one.before.map(({ id }) => id), one.returns.map(({ id }) => id)]]));
    expect(links).to.deep.equal({ a: [[], ['c', 'd']], b: [[], []], c: [['a'], ['d']], d: [['c', 'a'], []] });
    expect(all[1]!.before[0]!.nearness).to.equal(1);
  });

  it('have the last word on the one they are the return of, and where it is kept', () => {
    const marks = [
      mark({ target: 'a', text: 'looked' }),
      mark({ target: 'a', text: 'disk swapped' }),
      mark({ target: 'a', link: 'INC-1' }),
    ];
    const [late, early] = linkIncidents([made('a', 1, 'xyz'), made('b', 2, 'xyz')], marks);
    expect(late!.before[0]).to.include({ id: 'a', note: 'disk swapped', link: 'INC-1' });
    expect(early!.returns[0]).to.not.have.property('note');
  });

  it('know how long they were on, not while they are', () => {
    const [now, over] = linkIncidents([made('a', 1, 'x'), made('b', 2, 'y', 'firing')], []);
    expect([over!.lasted_ms, now!.lasted_ms, now!.ending]).to.deep.equal([3_600_000, null, null]);
  });

  it('have what was said about them, oldest first', () => {
    const marks = [
      mark({ target: 'a', text: 'two', at: '2026-05-01T09:20:00.000Z' }),
      mark({ target: 'a', text: 'one', at: '2026-05-01T09:10:00.000Z' }),
    ];
    expect(linkIncidents([made('a', 1, 'x')], marks)[0]!.marks.map(({ text }) => text)).to.deep.equal(['one', 'two']);
  });

  it('were ended by who resolved them, by a change shortly before, else by themselves', () => {
    const one = made('x', 2, 'a');
    const resolve = mark({ type: 'resolve', text: 'disk swapped' });
    const late = mark({ type: 'change', target: '', text: 'rollback of v412', at: '2026-05-02T09:50:00.000Z' });
    const early = { ...late, at: '2026-05-02T09:05:00.000Z' };
    expect(findEnding(one, [late, resolve])).to.deep.equal({ by: 'person', who: 'ada', at: resolve.at, text: 'disk swapped' });
    expect(findEnding(one, [late])).to.deep.equal({ by: 'change', text: 'rollback of v412', at: late.at });
    expect(findEnding(one, [early])).to.deep.equal({ by: 'calm', windows: 2 });
    expect(findEnding({ ...one, state: 'firing' }, [resolve])).to.equal(null);
  });
});
