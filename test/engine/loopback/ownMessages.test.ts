import { expect } from 'chai';
import { OwnMessages } from '../../../src/engine/loopback/ownMessages.ts';
import type { OwnReader } from '../../../src/engine/loopback/ownReader.ts';

const message = (seq: number, subject = 'desk', length = 10) => ({ subject, seq, body: new Uint8Array(length) });

/** Numbers of what a reader takes until there is nothing. */
function takeAll(reader: OwnReader): number[] {
  const taken: number[] = [];
  for (let next = reader.take(); next; next = reader.take()) taken.push(next.seq);
  return taken;
}

describe('what a process has written itself', () => {
  it('follows behind the message behind which it was written, and nowhere else', () => {
    const own = new OwnMessages(1000);
    const [atStart, inMidst, elsewhere] = [own.join('desk', 0), own.join('desk', 7), own.join('desk', 6)];
    own.add(message(9), 7);
    own.add(message(12), 9);
    expect([atStart, inMidst, elsewhere].map(takeAll)).to.deep.equal([[], [9, 12], []]);
    expect([atStart, inMidst, elsewhere].map(({ isBehind }) => isBehind)).to.deep.equal([true, false, true]);
    expect([atStart, inMidst].map(({ at }) => at)).to.deep.equal([0, 12]);
  });

  it('is kept by subject, for those who read it, until all of them have', () => {
    const own = new OwnMessages(1000);
    own.add(message(1), 0);
    const [one, other] = [own.join('desk', 1), own.join('desk', 1)];
    own.add(message(2), 1);
    own.add(message(3, 'in.1'), 0);
    expect([own.unread('desk'), own.unread('in.1')]).to.deep.equal([10, 0]);
    expect(takeAll(one)).to.deep.equal([2]);
    expect(own.unread('desk')).to.equal(10);
    other.pass(2);
    expect(own.unread('desk')).to.equal(0);
    own.add(message(4), 2);
    one.leave();
    expect(own.unread('desk')).to.equal(10);
    other.leave();
    expect(own.unread('desk')).to.equal(0);
    expect(takeAll(own.join('desk', 2))).to.deep.equal([]);
  });

  it('is no more than so many bytes: what comes then is not kept, and who waits for it is behind', () => {
    const own = new OwnMessages(25);
    const [desk, part] = [own.join('desk', 0), own.join('in.1', 0)];
    own.add(message(1), 0);
    own.add(message(2, 'in.1'), 0);
    own.add(message(3), 1);
    expect([own.unread('desk'), own.unread('in.1')]).to.deep.equal([10, 10]);
    expect(desk.isBehind).to.equal(false);
    expect(takeAll(desk)).to.deep.equal([1]);
    expect(desk.isBehind).to.equal(true);
    // There is room again.
    own.add(message(4), 3);
    desk.pass(3);
    expect(desk.isBehind).to.equal(false);
    expect(takeAll(desk)).to.deep.equal([4]);
    expect(takeAll(part)).to.deep.equal([2]);
    expect(own.unread('in.1')).to.equal(0);
  });

  it('wakes those who wait for it, and those who wait until somebody has read on', async () => {
    const own = new OwnMessages(1000);
    const reader = own.join('desk', 0);
    const [woken, moved] = [reader.woken(), own.moved('desk')];
    own.add(message(1), 0);
    await woken;
    let isMoved = false;
    void moved.then(() => (isMoved = true));
    await Promise.resolve();
    expect(isMoved).to.equal(false);
    reader.take();
    await moved;
    const left = own.moved('desk');
    reader.leave();
    await left;
    await own.moved('desk');
  });
});
