import { expect } from 'chai';
import fc from 'fast-check';
import { groupCauses, type Mover } from '../../../src/findings/causes/groupCauses.ts';
import type { Beginnings } from '../../../src/findings/causes/precedents.ts';

const mover = (group: string, at: number, more: Partial<Mover> = {}): Mover => ({
  id: `${group}${at}`,
  group,
  at,
  state: 'new',
  label: 'it failed',
  width: 300_000,
  ...more,
});
const order = (members: readonly Mover[], past: readonly Beginnings[] = []) => groupCauses(members, past).map(({ what }) => what);

describe('which group came first', () => {
  it('is the one that began before the others, where nothing else says anything', () => {
    expect(order([mover('b', 90_000), mover('a', 0), mover('c', 200_000)])).to.deep.equal(['a', 'b', 'c']);
  });

  it('is nobody where one group moves by itself', () => {
    expect(order([mover('a', 0), mover('a', 5000)])).to.deep.equal([]);
  });

  it('is as past episodes had it where two began at about the same time', () => {
    const past: Beginnings[] = Array.from({ length: 5 }, () => [
      ['b', 0],
      ['a', 60_000],
    ]);
    const [first] = groupCauses([mover('a', 0), mover('b', 5000)], past);
    expect(first).to.deep.include({ what: 'b', precedents: { in: 5, of: 5 } });
    expect(first!.evidence.find(({ why }) => why === 'precedents')).to.deep.include({ in: 5, of: 5, earlier_ms: 60_000 });
  });

  it('is the one that the lines of the others name', () => {
    const members = [
      mover('log:web', 0, { label: 'call to payments failed' }),
      mover('log:cart', 3000, { line: { text: 'payments: no answer in 5s' } }),
      mover('log:payments', 6000, { label: 'pool exhausted' }),
    ];
    expect(order(members)[0]).to.equal('log:payments');
    expect(groupCauses(members, [])[0]!.evidence).to.deep.include({ why: 'named', bits: 3, in: 2, of: 2 });
  });

  it('has the time of what was not there before, not of a usual line in the same window', () => {
    const members = [mover('a', 100_000), mover('b', 0, { state: 'rising' }), mover('b', 160_000)];
    expect(order(members)).to.deep.equal(['a', 'b']);
  });

  it('gives all groups, whose bits say nothing for anybody when they are added', () => {
    const movers = fc.array(
      fc.record({ group: fc.constantFrom('a', 'b', 'c', 'd'), at: fc.nat(600_000) }).map(({ group, at }) => mover(group, at)),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(movers, (members) => {
        const causes = groupCauses(members, []);
        const groups = new Set(members.map(({ group }) => group));
        expect(causes.length).to.equal(groups.size < 2 ? 0 : groups.size);
        expect(Math.abs(causes.reduce((sum, { bits }) => sum + bits, 0))).to.be.below(0.5);
      }),
    );
  });
});
