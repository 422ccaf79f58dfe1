import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { decodeState } from '../../../src/engine/machines/messages.ts';
import type { Revision } from '../../../src/engine/revision/revision.ts';
import { eventLines } from '../../support/durableRun.ts';
import { opened } from '../../support/engine/engineModule.ts';
import { Machine, readText } from '../../support/engine/machines.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { until } from '../../support/engine/roles.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

const pipeline = (top: number, key = 'group_id') => `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators: [{ group_by: { key: ${key} } }, { memory: { window: 1m } }, { rank: { top: ${top} } }]
sinks: { out: { ndjson: { path: /d/radar.ndjson, select: [radar] } } }
engine: { partitions: 3 }
`;

describe('caducus reload --engine', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const url = 'memory://reload';
  const file = folder.file('p.yaml');
  let engine: MemoryEngine;
  let files: MemoryFiles;

  beforeEach(async () => {
    engine = new MemoryEngine({ step: false });
    opened.set(`${url} p`, engine);
    files = memoryFiles();
    const input = await files.open('/in.ndjson', 'w');
    await input.write(Buffer.from(eventLines(300, { groups: 5 })));
    await input.close();
  });
  after(() => opened.clear());

  async function reload(text: string, ...more: string[]) {
    writeFileSync(file, text);
    const sleep = (_ms: number, signal?: AbortSignal) => new Promise<void>((done) => (signal?.aborted ? done() : void setImmediate(done)));
    const io = { ...testIo(), sleep };
    const place = ['--require', resolve('test/support/engine/engineModule.ts'), '--engine', url, '--data-dir', folder.file('d')];
    const exit = await main(['reload', file, ...place, ...more], '1', io);
    return { exit, out: io.stdout.text, err: io.stderr.text };
  }
  const machine = (id: string, text: string) => new Machine(readText(text), engine, { id, files });
  const readNewest = () => decodeState<Revision>(engine.of('revision').at(-1)!.body);

  it('resolves once the processes go on with the file, and says what became of what they knew', async () => {
    await machine('w1', pipeline(5)).done;
    const reloading = reload(pipeline(3));
    await until(() => readNewest().next !== undefined);
    const [before, next] = [machine('w2', pipeline(5)), machine('w3', pipeline(3))];
    const { exit, out, err } = await reloading;
    expect(err).not.to.contain('error');
    expect(exit).to.equal(0);
    expect(out).to.contain('p goes on with its file as it is now.');
    await next.done;
    before.stop.abort();
    await before.done;
    expect(readNewest()).to.include({ number: 2, release: '1' });
    expect((await reload(pipeline(3))).out).to.contain('is run by this file already');
  });

  it('refuses what may not be gone on from, before anybody lets anything go', async () => {
    await machine('w1', pipeline(5)).done;
    const { exit, err } = await reload(pipeline(5, 'source'));
    expect(exit).to.equal(78);
    expect(err).to.contain('CAD042').and.to.contain('than its state was made with').and.to.contain('--accept-changes');
    expect(readNewest()).not.to.have.property('next');
  });

  it('takes that where the changes are accepted', async () => {
    await machine('w1', pipeline(5)).done;
    const reloading = reload(pipeline(5, 'source'), '--accept-changes');
    await until(() => readNewest().next !== undefined);
    const [before, next] = [machine('w2', pipeline(5)), machine('w3', pipeline(5, 'source'))];
    expect((await reloading).out).to.contain('it starts anew');
    await next.done;
    before.stop.abort();
    await before.done;
  });

  it('says where nothing has begun, and needs the file', async () => {
    const { exit, err } = await reload(pipeline(5));
    expect(exit).to.equal(64);
    expect(err).to.contain('CAD040').and.to.contain('no process has begun with "p"');
    opened.clear();
    expect((await reload(pipeline(5))).err).to.contain('nothing of a pipeline "p"');
    const io = testIo();
    expect(await main(['reload', '--engine', url], '1', io)).to.equal(64);
    expect(io.stderr.text).to.contain('--engine needs the pipeline file');
  });

  it('refuses standard input, which cannot be handed over', async () => {
    await machine('w1', pipeline(5)).done;
    const { exit, err } = await reload(
      pipeline(5).replace('{ file: { path: /in.ndjson, format: ndjson } }', '{ stdin: { format: ndjson } }'),
    );
    expect(exit).to.equal(78);
    expect(err).to.contain('standard input');
  });
});
