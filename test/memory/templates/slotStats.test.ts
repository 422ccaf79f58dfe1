import { expect } from 'chai';
import fc from 'fast-check';
import { hashWord } from '../../../src/memory/scan/words.ts';
import { SlotStats } from '../../../src/memory/templates/slotStats.ts';

function slot(values: readonly string[], capacity = 4): SlotStats {
  const stats = new SlotStats(capacity);
  for (const value of values) stats.add(value, hashWord(value), 1);
  return stats;
}

describe('the values of a slot', () => {
  it('are counted exactly up to its capacity, most frequent first, then by their letters', () => {
    const stats = slot(['b', 'a', 'c', 'c']);
    expect(stats.top(2)).to.deep.equal([
      { value: 'c', count: 2 },
      { value: 'a', count: 1 },
    ]);
    expect([stats.total, stats.distinct, stats.types]).to.deep.equal([4, 3, 1]);
  });

  it('are estimated beyond it, to a tenth or so', () => {
    const stats = slot(Array.from({ length: 3000 }, (_, i) => `v${i}`));
    expect(stats.distinct).to.be.within(2500, 3500);
    expect(stats.top(9)).to.have.length(4);
  });

  it('that become common find a place in a full table', () => {
    const stats = slot(['a', 'b', 'c', 'd', ...Array<string>(200).fill('often')]);
    expect(stats.top(1)[0]!.value).to.equal('often');
  });

  it('are kept in 200 characters', () => expect(slot(['x'.repeat(300)]).top(1)[0]!.value).to.have.length(200));

  it('are those of both once one has taken in another', () => {
    const [a, b] = [slot(['x', 'y']), slot(['y', 'z'])];
    a.absorb(b);
    expect(a.top(3)).to.deep.equal([
      { value: 'y', count: 2 },
      { value: 'x', count: 1 },
      { value: 'z', count: 1 },
    ]);
    expect([a.total, a.distinct]).to.deep.equal([4, 3]);
  });

  it('are the same after a save and load, whatever comes (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 })), fc.array(fc.string({ maxLength: 2 })), (before, after) => {
        const stats = slot(before);
        const loaded = SlotStats.load(JSON.parse(JSON.stringify(stats.save())) as ReturnType<SlotStats['save']>, 4);
        for (const value of after) for (const one of [stats, loaded]) one.add(value, hashWord(value), 0);
        expect(loaded.save()).to.deep.equal(stats.save());
        expect(loaded.distinct).to.equal(stats.distinct);
        expect(stats.distinct).to.be.at.most(stats.total);
      }),
    );
  });
});
