import { expect } from 'chai';
import { CheckpointLog } from '../../../src/engine/checkpointLog.ts';
import { NumberedLog } from '../../../src/engine/numberedLog.ts';
import { forgetEarlier } from '../../../src/engine/revision/forgetEarlier.ts';
import type { Revision } from '../../../src/engine/revision/revision.ts';
import { scopeTransport } from '../../../src/engine/revision/scopeTransport.ts';
import { Superseded } from '../../../src/engine/transport.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';

const revision: Revision = {
  number: 3,
  made: 'c',
  release: '1',
  partitions: 1,
  at: 0,
  by: 'w',
  earlier: [
    { number: 1, partitions: 2 },
    { number: 2, partitions: 1 },
  ],
};
const state = (length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 7919) % 251));

describe('what is on an engine of revisions before the one that work is done by', () => {
  let engine: MemoryEngine;
  const save = async (number: number, name: string, n: number) => {
    const log = new CheckpointLog(scopeTransport(engine.transport('w'), number), name, { id: 'w', made: 'a', now: () => 0 });
    await log.load();
    await log.save({ n, seq: n, state: state(2_000_000) });
    return log;
  };
  beforeEach(async () => {
    engine = new MemoryEngine({ step: false });
    for (const name of ['sequencer', 'desk', 'whole', 'p0', 'p1']) await save(1, name, 9);
    const arrivals = await NumberedLog.open(engine.transport('w'), 'arrivals', 'w');
    for (let n = 1; n < 9; n += 1) await arrivals.append(n, state(1000), n === 8 ? 'revise' : '');
  });
  const bytes = (prefix: string) =>
    engine.messages.filter(({ subject }) => subject.startsWith(prefix)).reduce((sum, { body }) => sum + body.length, 0);

  it('stays until that one has a state of its own, then some bytes of each log do', async () => {
    await save(3, 'desk', 0);
    const before = engine.messages.length;
    expect(await forgetEarlier(engine.transport('w'), revision)).to.equal(false);
    expect(engine.messages).to.have.length(before);
    await save(3, 'desk', 5);
    expect(await forgetEarlier(engine.transport('w'), revision)).to.equal(true);
    expect(bytes('ckpt.')).to.be.below(2_000);
    expect(engine.of('arrivals')).to.have.length(1);
    expect(bytes('r3.')).to.be.greaterThan(20_000);
  });

  it('lets nobody write behind it who has not heard, of that revision or of one that was never begun', async () => {
    const [late, arrivals] = [await save(1, 'p0', 10), await NumberedLog.open(engine.transport('z'), 'arrivals', 'z')];
    await save(3, 'desk', 5);
    await forgetEarlier(engine.transport('w'), revision);
    const refused = async (work: Promise<unknown>) => expect(await work.catch((error: unknown) => error)).to.be.instanceOf(Superseded);
    await refused(late.save({ n: 11, seq: 11, state: state(10) }));
    await refused(new CheckpointLog(engine.transport('z'), 'p0', { id: 'z', made: 'a', now: () => 0 }).load());
    await refused(
      new CheckpointLog(scopeTransport(engine.transport('z'), 2), 'desk', { id: 'z', made: 'b', now: () => 0 }).save({
        n: 0,
        seq: 0,
        state: state(10),
      }),
    );
    expect(arrivals.tail.flag).to.equal('revise');
  });

  it('may be forgotten again, after having been cut off anywhere', async () => {
    await save(3, 'desk', 5);
    for (let calls = 0; ; calls += 1) {
      let left = calls;
      engine.watch = (process) => process !== `w${calls}` || (left -= 1) >= 0;
      let isOver = false;
      void forgetEarlier(engine.transport(`w${calls}`), revision).then(() => (isOver = true));
      for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      if (isOver) break;
    }
    expect(bytes('ckpt.')).to.be.below(2_000);
    const before = engine.messages.length;
    expect(await forgetEarlier(engine.transport('w'), revision)).to.equal(true);
    expect(engine.messages).to.have.length(before);
  });
});
