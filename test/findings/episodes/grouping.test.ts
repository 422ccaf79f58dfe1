import { expect } from 'chai';
import { EpisodeGrouping } from '../../../src/findings/episodes/grouping.ts';
import type { Member } from '../../../src/findings/episodes/member.ts';
import { options } from '../../../src/findings/episodes/options.ts';

const minute = 60_000;
const start = 1_000 * minute;
const member = (id: string, minutes: number, more: Partial<Member> = {}) =>
  ({ id, kind: 'pattern', group: 'g', at: start + minutes * minute, names: [], ...more }) as unknown as Member;

/** Lets these members move one after another, and tells which episode holds which. */
function grouped(members: readonly Member[], given: object = {}) {
  const grouping = new EpisodeGrouping(options.parse(given));
  const added = members.map((one) => grouping.add(one, one.at) !== null);
  return { grouping, added, episodes: grouping.open.map((one) => one.members.map(({ id }) => id).join('')) };
}

describe('what moves', () => {
  it('becomes an episode with what began within the window before it, and not a moment later', () => {
    expect(grouped([member('a', 0), member('b', 10)]).episodes).to.deep.equal(['ab']);
    expect(grouped([member('a', 0), member('b', 10.001)]).episodes).to.deep.equal([]);
  });

  it('waits for as many as are asked for', () => {
    const { added, episodes } = grouped([member('a', 0), member('b', 1), member('c', 2)], { minPatterns: 3 });
    expect([added, episodes]).to.deep.equal([[false, false, true], ['abc']]);
  });

  it('joins the episode for as long as others did shortly before, also one that began before it', () => {
    const { episodes } = grouped([member('c', 0), member('d', 1), member('e', 11), member('f', 21), member('b', -10), member('x', 40)]);
    expect(episodes).to.deep.equal(['bcdef']);
  });

  it('belongs with what was on before, where it was itself, and with nothing else', () => {
    const { episodes } = grouped([
      member('a', 0, { already_on: true }),
      member('b', 1),
      member('c', 2, { already_on: true }),
      member('d', 3),
    ]);
    expect(episodes).to.deep.equal(['ac', 'bd']);
  });

  it('is found by its id or its topic, in an episode or still alone', () => {
    const { grouping } = grouped([member('a', 0), member('t', 1), member('alone', 60)]);
    const where = (id: string, topic?: string) => {
      const found = grouping.find(id, topic);
      return found && [found.member.id, found.episode !== null];
    };
    expect([where('a'), where('t7', 't'), where('alone'), where('z', 'alone'), where('z')]).to.deep.equal([
      ['a', true],
      ['t', true],
      ['alone', false],
      ['alone', false],
      null,
    ]);
  });

  it('is not found by the topic where it was taken in as a template', () => {
    const { grouping } = grouped([member('a', 0, { topic: 'T' }), member('b', 1)]);
    expect(grouping.find('other', 'a')).to.equal(null);
  });
});
