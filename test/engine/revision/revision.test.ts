import { expect } from 'chai';
import { askForRevision, beginRevision, readRevision } from '../../../src/engine/revision/revision.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';

const own = { made: 'a', release: '1', partitions: 3, at: 0, by: 'w1' };

describe('the revision of a pipeline on an engine', () => {
  it('is of the process that comes first, for all', async () => {
    const engine = new MemoryEngine({ step: false });
    expect(await readRevision(engine.transport('w1'))).to.equal(null);
    const begun = await Promise.all(['w1', 'w2', 'w3'].map((by) => beginRevision(engine.transport(by), { ...own, made: `of ${by}`, by })));
    expect(new Set(begun.map(({ made }) => made)).size).to.equal(1);
    expect((await readRevision(engine.transport('w9')))!.revision).to.deep.equal(begun[0]);
    expect(begun[0]!.number).to.equal(1);
  });

  it('is asked for by whoever comes last, and asked for of nobody where nothing has begun', async () => {
    const engine = new MemoryEngine({ step: false });
    const transport = engine.transport('w1');
    const next = { ...own, made: 'b', acceptChanges: true };
    expect(await askForRevision(transport, next)).to.equal(null);
    await beginRevision(transport, own);
    await Promise.all(['x', 'y'].map((made) => askForRevision(engine.transport(made), { ...next, made })));
    const { revision } = (await readRevision(transport))!;
    expect(revision).to.deep.include({ number: 1, made: 'a' });
    expect(revision.next!.made).to.match(/^[xy]$/);
    expect(engine.of('revision')).to.have.length(1);
  });
});
