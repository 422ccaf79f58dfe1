import { expect } from 'chai';
import type { FormatItem } from '../../../src/formats/format.ts';
import { PipeOrder } from '../../../src/sources/stdin/pipeOrder.ts';

const records = (times: readonly number[]) => times.map((time) => ({ kind: 'draft', time }) as FormatItem);
const counted = (count: number, at: (i: number) => number) => records(Array.from({ length: count }, (_, i) => at(i)));

function decided(...pieces: FormatItem[][]): string | null {
  const order = new PipeOrder();
  for (const piece of pieces) order.take(piece);
  return order.decided;
}

describe('the order of a pipe', () => {
  it('is open before its eighth record, and while all are of one time', () => {
    expect(decided(counted(7, (i) => i))).to.equal(null);
    expect(decided(counted(999, () => 5))).to.equal(null);
  });

  it('is that of time with eight records that do not go back', () => {
    expect(decided(counted(8, (i) => i))).to.equal('forward');
    expect(
      decided(
        counted(4, (i) => i),
        counted(4, (i) => 10 + i),
      ),
    ).to.equal('forward');
    expect(decided(counted(8, (i) => [5, 1, 6, 2, 7, 3, 8, 4][i]!))).to.equal('forward');
  });

  it('is newest first with a thousand records of which nearly every one is older than that before it', () => {
    expect(decided(counted(999, (i) => -i))).to.equal(null);
    expect(decided(counted(1000, (i) => -i))).to.equal('newest first');
    expect(decided(counted(1000, (i) => -i + (i % 10 === 0 ? 15 : 0)))).to.equal('newest first');
  });

  it('is that of time from where what went back goes forward again', () => {
    expect(
      decided(
        counted(20, (i) => -i),
        counted(20, (i) => i),
      ),
    ).to.equal('forward');
  });

  it('is what it was by then where all has ended, and that of time where it pauses', () => {
    const [ended, paused] = [new PipeOrder(), new PipeOrder()];
    for (const order of [ended, paused]) order.take(counted(6, (i) => -i));
    ended.end();
    paused.pause();
    expect([ended.decided, paused.decided]).to.deep.equal(['newest first', 'forward']);
  });
});
