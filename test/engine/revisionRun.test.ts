import { expect } from 'chai';
import { planWork } from '../../src/engine/plannedWork.ts';
import { RevisionRun } from '../../src/engine/revisionRun.ts';
import { eventLines } from '../support/durableRun.ts';
import { readText } from '../support/engine/machines.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';
import { memoryFiles } from '../support/memoryFiles.ts';
import { listMessages, until } from '../support/engine/roles.ts';
import { testIo } from '../support/testIo.ts';

const text = `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: {} }, { rank: {} }]
sinks: { out: { ndjson: { path: /d/radar.ndjson, select: [radar] } } }
`;

describe("a process's share of the work while one file is worked by", () => {
  it('ends with the logs closed once it was told to let go, and says that another revision goes on', async () => {
    const [engine, files] = [new MemoryEngine({ step: false }), memoryFiles()];
    const input = await files.open('/in.ndjson', 'w');
    await input.write(Buffer.from(eventLines(50)));
    await input.close();
    const sleep = (_ms: number, signal?: AbortSignal) => new Promise<void>((done) => (signal?.aborted ? done() : void setImmediate(done)));
    const by = { io: testIo(), dataDir: '/d', release: '1', partitions: 2 };
    const run = new RevisionRun(planWork(readText(text), by), 1, {
      ...{ ...by, io: { ...testIo(), files, sleep }, transport: engine.transport('w1'), id: 'w1', lease: 15_000 },
      ...{ stop: new AbortController().signal, tell: () => undefined },
    });
    expect(run.figures()).to.equal(null);
    run.letGo();
    const done = run.execute();
    await until(() => engine.of('place').length > 0);
    for (const log of ['arrivals', 'desk']) expect(listMessages(engine, log).at(-1)).to.match(/^\d+ revise$/);
    run.leave();
    await done;
    expect(run.isRevised).to.equal(true);
    expect([...engine.holds]).to.deep.equal([]);
  });
});
