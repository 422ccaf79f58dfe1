import { expect } from 'chai';
import { scopeTransport } from '../../../src/engine/revision/scopeTransport.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';

describe('the logs and holds of a revision', () => {
  it('are those of the engine for the first one', () => {
    const transport = new MemoryEngine({ step: false }).transport('w1');
    expect(scopeTransport(transport, 1)).to.equal(transport);
  });

  it('are seen by no other one', async () => {
    const engine = new MemoryEngine({ step: false });
    const [first, second, third] = [1, 2, 3].map((number) => scopeTransport(engine.transport('w1'), number));
    const seq = await second!.append('arrivals', Buffer.from('b'), 0);
    expect(await first!.last('arrivals')).to.equal(null);
    expect(await third!.last('arrivals')).to.equal(null);
    expect((await second!.last('arrivals'))!.seq).to.equal(seq);
    await second!.hold('desk', 'w2');
    await first!.hold('desk', 'w1');
    expect([...(await second!.holders())]).to.deep.equal([['desk', 'w2']]);
    expect((await first!.holders()).get('desk')).to.equal('w1');
    expect((await second!.leases()).get('desk')).to.include({ holder: 'w2' });
    expect((await third!.leases()).size).to.equal(0);
    await third!.release('desk', 'w2');
    expect((await second!.holders()).size).to.equal(1);
    const last = await second!.append('arrivals', Buffer.from('c'), seq);
    await second!.purge('arrivals', seq);
    const over = new AbortController();
    for await (const message of second!.read('arrivals', over.signal)) {
      expect(message.seq).to.equal(last);
      over.abort();
    }
  });
});
