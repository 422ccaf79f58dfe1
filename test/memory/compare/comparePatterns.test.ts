import { expect } from 'chai';
import { ComparedGroup } from '../../../src/memory/compare/comparedGroup.ts';
import { comparePatterns } from '../../../src/memory/compare/comparePatterns.ts';

const before = { from: 0, to: 3_600_000 };
const after = { from: 3_600_000, to: 4_500_000 };

function filled(): ComparedGroup {
  const group = new ComparedGroup('log:a');
  const add = (side: 'before' | 'after', at: number, text: string, level?: string) =>
    group.add(side, { id: `${side}${at}`, timestamp: '', source: 'log', group_id: 'log:a', text, metadata: level ? { level } : {} }, at);
  for (let at = 0; at < before.to; at += 1000) add('before', at, `request ${at} served`);
  for (let at = after.from; at < after.to; at += 1000) add('after', at, `request ${at} served`);
  for (let at = after.from; at < after.to; at += 60_000) add('after', at, `volume ${at} is read-only`, at > 4e6 ? 'FATAL' : 'WARN');
  return group;
}

describe('the patterns of a group held against each other', () => {
  it('are each judged once, and have a row where they differ', () => {
    const judged = comparePatterns(filled(), before, after);
    expect(judged.map(({ differs }) => differs?.state ?? null)).to.have.members([null, 'new']);
  });

  it('have the worst level they were seen with on the side they are about', () => {
    const row = comparePatterns(filled(), before, after).find(({ differs }) => differs)!.differs!;
    expect(row.level).to.equal('FATAL');
    expect(row.bits.severity).to.be.at.least(8);
  });

  it('are not judged against a time that nobody watched', () => {
    const nothing = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
    expect(comparePatterns(filled(), nothing, after).every(({ differs }) => differs === null)).to.equal(true);
  });
});
