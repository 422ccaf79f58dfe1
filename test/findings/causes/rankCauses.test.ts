import { expect } from 'chai';
import { changeCauses } from '../../../src/findings/causes/changeCauses.ts';
import { findNamed } from '../../../src/findings/causes/namedGroups.ts';
import { rankCauses } from '../../../src/findings/causes/rankCauses.ts';
import { valueCauses } from '../../../src/findings/causes/valueCauses.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const since = 30 * DAY;
const field = (value: string, many: number, of: number, usual: number | null) => ({ name: 'version', value, in: many, of, usual });

describe('what was changed before', () => {
  const daily = Array.from({ length: 30 }, (_, day) => ({ at: day * DAY, text: `r${day}` }));
  const bits = (distance: number, known = daily) => {
    const change = { at: since - distance, text: 'v412' };
    return changeCauses(since, [change], [...known, change], [])[0]!.bits;
  };

  it('says the more the nearer it lies, and the less the more often something is changed', () => {
    expect(bits(MINUTE)).to.be.above(bits(30 * MINUTE) + 3);
    const hourly = Array.from({ length: 64 }, (_, hour) => ({ at: since - (64 - hour) * 3_600_000, text: 'x' }));
    expect(bits(10 * MINUTE)).to.be.above(bits(10 * MINUTE, hourly) + 2);
  });

  it('has for precedents the episodes that had one as near', () => {
    const near = [{ at: since - 10 * MINUTE, text: 'v412' }];
    expect(changeCauses(since, near, near, [5 * MINUTE, 20 * MINUTE, null])[0]!.precedents).to.deep.equal({ in: 1, of: 3 });
  });

  it('is none when it came after the beginning', () => {
    expect(changeCauses(since, [{ at: since + 1, text: 'v412' }], [], [])).to.deep.equal([]);
  });
});

describe('the value that holds it all', () => {
  it('says the more the rarer it is in the other lines, and nothing where all have it', () => {
    const [rare] = valueCauses([[field('v412', 20, 20, 0.05)]]);
    const [often] = valueCauses([[field('v412', 20, 20, 0.4)]]);
    expect(rare).to.deep.include({ kind: 'value', what: 'version v412' });
    expect(rare!.bits).to.be.at.least(often!.bits);
    expect(valueCauses([[field('v412', 20, 20, 1)]])).to.deep.equal([]);
    expect(valueCauses([[field('v412', 20, 20, null)]])).to.deep.equal([]);
  });
});

describe('groups that are named', () => {
  it('are found by the last part of their id, as a whole word, and never name themselves', () => {
    const found = findNamed([
      { group: 'aws:/lambda/auth', label: 'auth: token of payments-api refused' },
      { group: 'k8s:payments-api', label: 'authority unknown' },
      { group: 'db', label: 'x' },
    ]);
    expect([...found].map(([group, names]) => [group, [...names]])).to.deep.equal([
      ['aws:/lambda/auth', ['k8s:payments-api']],
      ['k8s:payments-api', []],
      ['db', []],
    ]);
  });
});

describe('what came first', () => {
  const members = ['a', 'b', 'c'].map((group, at) => ({
    id: group,
    group,
    at: since + at * 120_000,
    state: 'new',
    label: 'it failed',
    width: 300_000,
    fields: [field('v412', 10, 10, 0.1)],
  }));
  const change = { at: since - 5 * MINUTE, text: 'orders v412' };

  it('is a short list over groups, changes and values, the most bits first, without what nothing speaks for', () => {
    const causes = rankCauses(members, { since, near: [change], changes: [change], past: [] });
    expect(causes.map(({ kind, what }) => `${kind} ${what}`)).to.have.members(['value version v412', 'change orders v412', 'group a']);
    expect(causes.map(({ bits }) => bits)).to.deep.equal(causes.map(({ bits }) => bits).toSorted((a, b) => b - a));
  });

  it('of a single pattern beside which nothing is known is empty', () => {
    expect(rankCauses([{ ...members[0]!, fields: [] }], { since, near: [], changes: [], past: [] })).to.deep.equal([]);
  });
});
