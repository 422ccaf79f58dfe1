import { expect } from 'chai';
import { pastEpisodes } from '../../../src/cli/context/pastEpisodes.ts';
import type { TopicRecord } from '../../../src/memory/topics/topicRecord.ts';
import type { EpisodeFinding, Mark } from '../../../src/signal.ts';
import { partly } from '../../support/typed.ts';
import { episodeFinding } from '../../web/page/incident.ts';

const now = episodeFinding('resolved');
const topic = (id: string, merged: string[] = []) => partly<TopicRecord>({ topic_id: id, merged });
const member = now.result.members[0]!.topic_id;
const changed = (more: Partial<EpisodeFinding>): EpisodeFinding => ({ ...now, ...more });

describe('the episodes a pattern was part of', () => {
  it('are its own, and those they were like, the latest first', () => {
    const ids = pastEpisodes([now], topic(member), []).map(({ id }) => id);
    expect(ids).to.deep.equal([now.id, ...now.result.seen_before.toSorted((a, b) => (a.at < b.at ? 1 : -1)).map(({ id }) => id)]);
  });

  it('lasted from since to updated once they are over; how long is open until then', () => {
    const lasted = (finding: EpisodeFinding) => pastEpisodes([finding], topic(member), [])[0]!.lasted_ms;
    expect(lasted(now)).to.equal(Date.parse(now.updated) - Date.parse(now.since));
    expect(lasted(episodeFinding('firing'))).to.equal(null);
  });

  it('have the values in common', () => {
    expect(pastEpisodes([now], topic(member), [])[0]!.values).to.deep.equal(now.result.in_common.slice(0, 3).map(({ value }) => value));
  });

  it('are those of what was folded into the pattern too, and of no other', () => {
    expect(pastEpisodes([now], topic('other', [member]), [])).to.not.deep.equal([]);
    expect(pastEpisodes([now], topic('other'), [])).to.deep.equal([]);
  });

  it('have the last note and the last link that people left', () => {
    const mark = (more: Partial<Mark>) => partly<Mark>({ target: now.id, ...more });
    const marks = [
      mark({ text: 'first' }),
      mark({ link: 'https://t.example/1' }),
      mark({ text: 'disk swapped' }),
      mark({ target: 'x', text: 'no' }),
    ];
    expect(pastEpisodes([now], topic(member), marks)[0]).to.include({ note: 'disk swapped', link: 'https://t.example/1' });
  });

  it('are five at most', () => {
    const many = Array.from({ length: 9 }, (_, i) => changed({ id: `e${i}`, since: `2026-03-1${i}T00:00:00.000Z` }));
    expect(pastEpisodes(many, topic(member), []).map(({ id }) => id)).to.deep.equal(['e8', 'e7', 'e6', 'e5', 'e4'].slice(0, 5));
  });
});
