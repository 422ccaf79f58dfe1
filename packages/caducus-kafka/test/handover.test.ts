import { expect } from 'chai';
import { Handover } from '../src/handover.ts';

describe('a handover', () => {
  const once = (change: Promise<void>) => change;

  it('holds one item: who gives another waits until the first was taken', async () => {
    const handover = new Handover<number>();
    let waits = 0;
    expect(await handover.give(1, once)).to.equal(true);
    const second = handover.give(2, async (change) => {
      waits += 1;
      await change;
    });
    expect(waits).to.equal(1);
    expect(await handover.take()).to.equal(1);
    expect(await second).to.equal(true);
    expect(await handover.take()).to.equal(2);
  });

  it('gives what was there before the end, and then says that there is no more', async () => {
    const handover = new Handover<number>();
    await handover.give(1, once);
    handover.end();
    expect(await handover.give(2, once)).to.equal(false);
    expect([await handover.take(), await handover.take()]).to.deep.equal([1, null]);
  });

  it('wakes who waits at the end', async () => {
    const handover = new Handover<number>();
    const taking = handover.take();
    handover.end();
    expect(await taking).to.equal(null);
    const full = new Handover<number>();
    await full.give(1, once);
    const giving = full.give(2, once);
    full.end();
    expect(await giving).to.equal(false);
  });

  it('tells who takes what went wrong, after what was given before; nothing after the end', async () => {
    const handover = new Handover<number>();
    await handover.give(1, once);
    handover.fail(new Error('broken'));
    expect(await handover.take()).to.equal(1);
    const message = await handover.take().then(
      () => '',
      (error: Error) => error.message,
    );
    expect(message).to.equal('broken');
    const over = new Handover<number>();
    over.end();
    over.fail(new Error('late'));
    expect(await over.take()).to.equal(null);
  });
});
