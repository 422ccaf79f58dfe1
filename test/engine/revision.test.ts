import { expect } from 'chai';
import { beginRevision, readRevision } from '../../src/engine/revision.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';

const own = { made: 'a', release: '1', partitions: 3, at: 0, by: 'w1' };

describe('the revision of a pipeline on an engine', () => {
  it('is of the process that comes first, for all', async () => {
    const engine = new MemoryEngine({ step: false });
    expect(await readRevision(engine.transport('w1'))).to.equal(null);
    const begun = await Promise.all(['w1', 'w2', 'w3'].map((by) => beginRevision(engine.transport(by), { ...own, made: `of ${by}`, by })));
    expect(new Set(begun.map(({ made }) => made)).size).to.equal(1);
    expect(await readRevision(engine.transport('w9'))).to.deep.equal(begun[0]);
    expect(begun[0]!.number).to.equal(1);
  });
});
