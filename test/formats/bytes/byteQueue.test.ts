import { expect } from 'chai';
import fc from 'fast-check';
import { ByteQueue } from '../../../src/formats/bytes/byteQueue.ts';

describe('bytes that wait to be cut', () => {
  it('are those appended less those dropped, in order, however both come', () => {
    const step = fc.record({ append: fc.uint8Array({ maxLength: 300 }), drop: fc.nat(300) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const queue = new ByteQueue();
        let waiting: number[] = [];
        for (const { append, drop } of steps) {
          queue.append(append);
          waiting.push(...append);
          const count = Math.min(drop, waiting.length);
          queue.drop(count);
          waiting = waiting.slice(count);
          expect([...queue.bytes]).to.deep.equal(waiting);
          expect(queue.length).to.equal(waiting.length);
        }
      }),
    );
  });

  it('take no more room than twice what waits at once, however much passes through', () => {
    const queue = new ByteQueue();
    for (let i = 0; i < 1000; i += 1) {
      queue.append(new Uint8Array(100));
      queue.drop(i === 0 ? 50 : 100);
    }
    expect(queue.length).to.equal(50);
    expect(queue.bytes.buffer.byteLength).to.be.at.most(600);
  });
});
