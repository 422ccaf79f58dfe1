import { expect } from 'chai';
import { evictOldest, setNewest } from '../../src/base/evictOldest.ts';

describe('evictOldest', () => {
  it('lets go of what came in first, of maps and sets, and of nothing within the bound', () => {
    const set = new Set([3, 1, 2]);
    evictOldest(set, 3);
    expect([...set]).to.deep.equal([3, 1, 2]);
    evictOldest(set, 1);
    expect([...set]).to.deep.equal([2]);
  });

  it('a key that is set again is the newest', () => {
    const map = new Map<string, number>();
    for (const [key, value] of [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['c', 4],
    ] as const)
      setNewest(map, key, value, 2);
    expect([...map]).to.deep.equal([
      ['a', 3],
      ['c', 4],
    ]);
  });
});
