import { expect } from 'chai';
import { Distinct } from '../../src/kernel/distinct.ts';
import { hashKey } from '../../src/kernel/partition.ts';

describe('how many different keys there were', () => {
  it('is about right from ten to a hundred thousand, however often each came', () => {
    for (const many of [10, 100, 1000, 10_000, 100_000]) {
      const distinct = new Distinct();
      for (let round = 0; round < 2; round += 1) for (let i = 0; i < many; i += 1) distinct.add(hashKey(`group:${i}`));
      expect(distinct.count / many, String(many)).to.be.within(0.8, 1.2);
    }
  });
});
