import { expect } from 'chai';
import fc from 'fast-check';
import { Queue } from '../../../src/run/partition/queue.ts';

describe('a queue', () => {
  it('gives back what was added, in order, whatever the order of adding and taking', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 5000, size: 'max' }), (adds) => {
        const queue = new Queue<number>();
        const list: number[] = [];
        for (const [i, add] of adds.entries()) {
          if (add) {
            queue.add(i);
            list.push(i);
          } else if (list.length > 0) expect(queue.take()).to.equal(list.shift());
          expect(queue.size).to.equal(list.length);
          expect(queue.peek()).to.equal(list[0]);
        }
      }),
      { numRuns: 30 },
    );
  });
});
