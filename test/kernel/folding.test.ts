import { expect } from 'chai';
import { Folding } from '../../src/kernel/folding.ts';

describe('keys that have no state of their own', () => {
  it('come often with the third time within the hour, until they have one', () => {
    const folding = new Folding();
    expect([0, 1, 2].map((time) => folding.comesOften('a', time))).to.deep.equal([false, false, true]);
    folding.takenUp('a');
    expect(folding.comesOften('a', 3)).to.equal(false);
    expect([0, 1, 3_600_000].map((time) => folding.comesOften('b', time))).to.deep.equal([false, false, false]);
  });

  it('are counted, never more keys than signals', () => {
    const folding = new Folding();
    for (const key of ['a', 'b', 'a']) folding.add(key);
    expect(folding.figures).to.deep.equal({ keys: 2, signals: 3 });
    expect(new Folding().figures).to.deep.equal({ keys: 0, signals: 0 });
  });

  it('began with the first finite time', () => {
    const folding = new Folding();
    for (const time of [Number.NEGATIVE_INFINITY, 7, 3]) folding.began(time);
    expect(folding.since).to.equal(7);
  });

  it('are saved once something was folded, and the same when loaded', () => {
    const folding = new Folding();
    expect(folding.save()).to.equal(null);
    folding.began(7);
    folding.add('a');
    folding.comesOften('a', 7);
    const loaded = new Folding();
    loaded.load(JSON.parse(JSON.stringify(folding.save())) as NonNullable<ReturnType<Folding['save']>>);
    expect(loaded.save()).to.deep.equal(folding.save());
    expect([loaded.comesOften('a', 8), loaded.comesOften('a', 9)]).to.deep.equal([false, true]);
  });
});
