import { expect } from 'chai';
import { readFigures } from '../../../src/engine/look/engineFigures.ts';
import type { Transport } from '../../../src/engine/transport.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';

const never = () => new Promise<void>(() => undefined);
const superseded = new Map([['desk', 2]]);

describe('the share of the work of a process', () => {
  it('is what it does, each with how far its log is', async () => {
    const transport = new MemoryEngine({ step: false }).transport('w1');
    await transport.hold('desk', 'w1');
    const worker = { works: ['desk', 'partition.1'], superseded };
    const share = await readFigures({ transport, partitions: 2, worker, patience: never });
    expect(share.isReached).to.equal(true);
    expect(share.superseded).to.equal(superseded);
    expect(share.works).to.deep.equal([
      { work: 'desk', owner: 'w1', left: 15_000, behind: 0, checkpoint: null },
      { work: 'partition.1', owner: null, left: null, behind: 0, checkpoint: null },
    ]);
  });

  it('keeps nobody waiting for an engine that is away', async () => {
    const transport: Transport = { ...new MemoryEngine({ step: false }).transport('w1'), last: () => never() as Promise<never> };
    const worker = { works: ['desk'], superseded };
    const share = await readFigures({ transport, partitions: 2, worker, patience: async () => undefined });
    expect(share).to.deep.equal({ isReached: false, works: [{ work: 'desk' }], superseded });
  });

  it('is not reached where the engine refuses, or is waited for', async () => {
    const transport = new MemoryEngine({ step: false }).transport('w1');
    const worker = { works: [], superseded };
    const refusing = { ...transport, leases: async () => Promise.reject(new Error('refused')) };
    expect((await readFigures({ transport: refusing, partitions: 1, worker, patience: never })).isReached).to.equal(false);
    const waiting = { ...transport, trouble: () => ({ since: 0, why: 'no connection' }) };
    expect((await readFigures({ transport: waiting, partitions: 1, worker, patience: never })).isReached).to.equal(false);
  });
});
