import { expect } from 'chai';
import fc from 'fast-check';
import { toIso } from '../../../src/event.ts';
import {
  describeEpisode,
  entitle,
  findFirst,
  head,
  join,
  startEpisode,
  summarize,
  type Around,
} from '../../../src/findings/episodes/episode.ts';
import { startMember, type Member } from '../../../src/findings/episodes/member.ts';
import { blipSignal, width } from '../../support/blips.ts';

const minute = 60_000;
/** A pattern that came new so many minutes after the start. */
const member = (id: string, minutes: number, more: Partial<Member> = {}): Member => ({
  ...startMember(blipSignal(id, width, { state: 'new', usual: 0 }).blip, width),
  at: minutes * minute,
  ...more,
});
const line = { at: toIso(0), text: 'disk full' };
const around: Around = { now: 60 * minute, clearAfter: 2, changes: [], allChanges: [], past: [] };
const begun = (...members: Member[]) => startEpisode(members, 10 * minute, 30_000);

describe('an episode', () => {
  it('is the same in whatever order its members were found', () => {
    const all = [member('a', 3), member('b', 1), member('c', 2), member('d', 1)];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (members) => {
        const episode = begun(...members);
        expect(episode).to.deep.equal(begun(...all));
        expect(episode.members.map(({ id }) => id).join('')).to.equal('bdca');
      }),
      { numRuns: 30 },
    );
  });

  it('waits for company, and keeps its id when somebody is seen later that moved earlier', () => {
    const episode = begun(member('a', 3), member('b', 4));
    expect(episode).to.include({ since: 3 * minute, joined: 4 * minute, due: 10 * minute + 30_000 });
    const { id } = episode;
    join(Object.assign(episode, { clear: 1 }), member('c', 1));
    expect(episode).to.include({ id, since: minute, joined: 4 * minute, clear: 0 });
  });

  it('holds 64 by name and counts the others', () => {
    const episode = begun(...Array.from({ length: 64 }, (_, n) => member(`m${n}`, n)));
    for (const id of ['x', 'y']) join(episode, member(id, 99));
    expect([episode.members.length, episode.more, episode.joined]).to.deep.equal([64, 2, 63 * minute]);
    expect(describeEpisode(episode, 'firing', around).result).to.include({ more_members: 2 });
  });

  const firsts: [name: string, members: Member[], first: string][] = [
    ['what moved first', [member('a', 0), member('b', 1)], 'a'],
    ['trouble by its own lines before what only moved', [member('a', 0), member('b', 1, { line, severity: 'warning' })], 'b'],
    ['what came before what has only stopped', [member('a', 0, { state: 'gone' }), member('b', 1)], 'b'],
    ['what came before what is only silent', [member('a', 0, { state: 'no data' }), member('b', 1)], 'b'],
    ['what has stopped where all have', [member('a', 0, { state: 'gone' }), member('b', 1, { state: 'gone' })], 'a'],
    ['one of the burst, not who moved alone long before', [member('a', 0), member('b', 3.1), member('c', 4)], 'b'],
    ['one of the earlier of two bursts alike', [member('a', 0), member('b', 3.1)], 'a'],
  ];
  for (const [name, members, first] of firsts) it(`begins with ${name}`, () => expect(findFirst({ members }).id).to.equal(first));

  it('keeps the title it was first told by', () => {
    const episode = begun(member('a', 3, { label: 'timeouts' }), member('b', 4));
    entitle(episode);
    join(episode, member('c', 1, { label: 'earlier', group: 'h' }));
    entitle(episode);
    const { title, result } = describeEpisode(episode, 'firing', around);
    expect([title, result.first!.groups, result.groups]).to.deep.equal(['timeouts', 1, 2]);
  });

  it('is as grave as its gravest, which stands for it before what only stands out more', () => {
    const episode = begun(
      member('a', 0, { peakScore: 90, severity: 'warning' }),
      member('b', 1, { peakScore: 20, severity: 'critical' }),
      member('c', 2, { peakScore: 30, severity: 'critical' }),
    );
    expect(head(episode).id).to.equal('c');
    expect(describeEpisode(episode, 'firing', around))
      .to.include({ severity: 'critical' })
      .and.have.nested.property('result.score', 90);
  });

  it('is summed up by who moves how, in which numbers', () => {
    const episode = begun(member('a', 0, { count: 3 }), member('b', 1));
    const before = summarize(episode);
    episode.members[0]!.peakScore += 1;
    expect(summarize(episode)).to.equal(before);
    episode.members[0]!.count += 1;
    expect(summarize(episode)).to.not.equal(before);
  });

  it('shows the worst of what is over, and how long it lasted', () => {
    const episode = begun(member('a', 0, { count: 0, farthest: 70 }));
    const counts = (['firing', 'resolved'] as const).map((state) => describeEpisode(episode, state, around).result);
    expect(counts.map(({ members, lasted_ms: lasted }) => [members[0]!.count, lasted])).to.deep.equal([
      [0, undefined],
      [70, 60 * minute],
    ]);
  });

  it('names the latest three changes, and only a rate of windows that are known', () => {
    const changes = [1, 2, 3, 4].map((at) => ({ at, text: `v${at}` }));
    const { result } = describeEpisode(begun(member('a', 0, { early: true })), 'firing', { ...around, changes });
    expect(result.changes.map(({ text }) => text)).to.deep.equal(['v2', 'v3', 'v4']);
    expect(result.rate).to.include({ window_ms: width, open: true });
    expect(describeEpisode(begun(member('a', 0, { width: 0 })), 'firing', around).result).to.not.have.any.keys('rate', 'window_ms');
  });
});
