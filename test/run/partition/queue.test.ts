import { expect } from 'chai';
import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Queue } from '../../../src/run/partition/queue.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('a queue', () => {
  it('does not hold what has left it', async () => {
    const queue = new Queue<object>();
    const seen: WeakRef<object>[] = [];
    // One always waits, as in a run that never catches up.
    for (let i = 0; i < 20; i += 1) {
      const item = { i };
      seen.push(new WeakRef(item));
      queue.add(item);
      if (i > 0) queue.take();
    }
    // What a WeakRef was made of lives as long as the job it was made in.
    await new Promise(setImmediate);
    collectGarbage();
    expect(queue.size).to.equal(1);
    expect(seen.filter((ref) => ref.deref() !== undefined)).to.have.length(1);
  });

  it('gives back what was added, in order, whatever the order of adding and taking', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 5000, size: 'max' }), (adds) => {
        const queue = new Queue<number>();
        const list: number[] = [];
        for (const [i, add] of adds.entries()) {
          if (add) {
            queue.add(i);
            list.push(i);
          } else if (list.length > 0 && queue.take() !== list.shift()) return false;
          if (queue.size !== list.length || queue.peek() !== list[0]) return false;
        }
        return true;
      }),
      { numRuns: 30 },
    );
  });
});
