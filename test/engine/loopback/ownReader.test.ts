import { expect } from 'chai';
import { OwnMessages } from '../../../src/engine/loopback/ownMessages.ts';

const message = (seq: number) => ({ subject: 'desk', seq, body: new Uint8Array(1) });

describe('who reads what was written here', () => {
  it('goes on behind what was written here, and behind what was read elsewhere', () => {
    const own = new OwnMessages(100);
    const reader = own.join('desk', 3);
    expect(reader.take()).to.equal(null);
    own.add(message(5), 4);
    expect([reader.take(), reader.at, reader.isBehind]).to.deep.equal([null, 3, true]);
    reader.pass(4);
    expect(reader.isBehind).to.equal(false);
    expect(reader.take()).to.include({ seq: 5 });
    expect([reader.take(), reader.at, reader.isBehind]).to.deep.equal([null, 5, false]);
  });

  it('knows how many were written here in a row', () => {
    const own = new OwnMessages(100);
    const reader = own.join('desk', 0);
    expect(reader.inRow).to.equal(0);
    const rows = [
      [1, 0],
      [2, 1],
      [3, 2],
      [7, 6],
      [8, 7],
    ].map(([seq, before]) => {
      own.add(message(seq!), before!);
      return reader.inRow;
    });
    expect(rows).to.deep.equal([1, 2, 3, 1, 2]);
  });

  it('waits until it is woken, by what is written or by somebody else, and then no more', async () => {
    const own = new OwnMessages(100);
    const reader = own.join('desk', 0);
    const first = reader.woken();
    own.add(message(1), 0);
    await first;
    const second = reader.woken();
    reader.wake();
    await second;
    reader.leave();
    const third = reader.woken().then(() => 'woken');
    own.add(message(2), 1);
    expect(await Promise.race([third, Promise.resolve('waits')])).to.equal('waits');
  });
});
