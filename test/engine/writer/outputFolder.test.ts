import { expect } from 'chai';
import { CaducusError } from '../../../src/errors.ts';
import { OutputFolder } from '../../../src/engine/writer/outputFolder.ts';
import { Superseded } from '../../../src/engine/transport.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { caught } from '../../support/engine/roles.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';

describe('the folder that is written into', () => {
  it('is the first that asks, by whatever process, and knows how far it has come', async () => {
    const [files, transport] = [memoryFiles(), new MemoryEngine({ step: false }).transport('a')];
    await files.makeFolder('/d/state/p');
    const first = await OutputFolder.open(transport, files, '/d/state/p', 'one');
    expect([first.isNew, first.place.n]).to.deep.equal([true, 0]);
    await first.save({ n: 7, sinks: [{ id: 'out', sink: 'ndjson', position: { offset: 3 } }], decisions: { '2026-03-14': 5 } });
    const second = await OutputFolder.open(transport, files, '/d/state/p', 'two');
    expect([second.isNew, second.place.n, second.place.sinks[0]!.position]).to.deep.equal([false, 7, { offset: 3 }]);
    expect(second.place.decisions).to.deep.equal({ '2026-03-14': 5 });
  });

  it('is no other one, nor one that has forgotten what it was', async () => {
    const [files, transport] = [memoryFiles(), new MemoryEngine({ step: false }).transport('a')];
    for (const path of ['/d/state/p', '/e/state/p']) await files.makeFolder(path);
    const first = await OutputFolder.open(transport, files, '/d/state/p', 'one');
    await first.save({ n: 7, sinks: [], decisions: null });
    const elsewhere = await caught(OutputFolder.open(transport, files, '/e/state/p', 'two'));
    expect(elsewhere).to.have.property('code', 'CAD044');
    expect(elsewhere).to.have.property('message').that.contains('into /d/state/p');
    await files.remove('/d/state/p/engine.json');
    expect(await caught(OutputFolder.open(transport, files, '/d/state/p', 'three'))).to.have.property('code', 'CAD044');
  });

  it('is still its own where the first process died as soon as it was', async () => {
    const [files, engine] = [memoryFiles(), new MemoryEngine({ step: false })];
    await files.makeFolder('/d');
    const { append, ...rest } = engine.transport('a');
    const dying = {
      ...rest,
      append: async (...given: Parameters<typeof append>) => {
        await append(...given);
        throw new Error('it died');
      },
    };
    expect(await caught(OutputFolder.open(dying, files, '/d', 'one'))).to.have.property('message', 'it died');
    const again = await OutputFolder.open(engine.transport('b'), files, '/d', 'two');
    expect([again.isNew, again.place.n]).to.deep.equal([true, 0]);
  });

  it('begins anew with the log of a later revision, and is closed to who has not heard of that', async () => {
    const [files, transport] = [memoryFiles(), new MemoryEngine({ step: false }).transport('a')];
    await files.makeFolder('/d');
    const open = (revision: number) => OutputFolder.open(transport, files, '/d', 'one', revision);
    await (await open(1)).save({ n: 7, sinks: [], decisions: null });
    const second = await open(2);
    expect(second.place.n).to.equal(0);
    await second.save({ n: 3, sinks: [], decisions: null });
    expect(await caught(open(1))).to.be.instanceOf(Superseded);
    expect((await open(2)).place.n).to.equal(3);
  });

  it('is one, where two ask at once', async () => {
    const engine = new MemoryEngine({ step: false });
    const files = memoryFiles();
    for (const path of ['/d', '/e']) await files.makeFolder(path);
    const results = await Promise.all(['/d', '/e'].map((path) => caught(OutputFolder.open(engine.transport(path), files, path, path))));
    expect(results.filter((error) => error instanceof CaducusError)).to.have.length(1);
  });
});
