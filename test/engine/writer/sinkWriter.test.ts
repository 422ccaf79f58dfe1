import { expect } from 'chai';
import { decodeState, encodeLeaving } from '../../../src/engine/machines/messages.ts';
import { NumberedLog } from '../../../src/engine/numberedLog.ts';
import { OutputFolder } from '../../../src/engine/writer/outputFolder.ts';
import { RunRecords } from '../../../src/engine/writer/runRecords.ts';
import { readWritten, SinkWriter } from '../../../src/engine/writer/sinkWriter.ts';
import { eventAt } from '../../support/fakes.ts';
import { readText } from '../../support/engine/machines.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { makeRole, until } from '../../support/engine/roles.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';
import { testIo } from '../../support/testIo.ts';

const pipeline = readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
sinks: { out: { ndjson: { path: /d/out.ndjson } } }`);

describe('what writes into the sinks', () => {
  let files: MemoryFiles;
  let engine: MemoryEngine;
  let log: NumberedLog;
  beforeEach(async () => {
    files = memoryFiles();
    await files.makeFolder('/d/state/p');
    engine = new MemoryEngine({ step: false });
    log = await NumberedLog.open(engine.transport('desk'), 'desk');
  });

  const give = (n: number, flag: '' | 'provisional' | 'end' | 'void' = '', ...texts: string[]) =>
    log.append(
      n,
      texts.length === 0
        ? new Uint8Array(0)
        : encodeLeaving({ newest: n, sinks: [texts.map((text) => eventAt(n, text))], seen: [], decisions: [] }),
      flag,
    );
  const lines = () =>
    (files.texts()['/d/out.ndjson'] ?? '')
      .split('\n')
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { text: string }).text);

  /** Begins a process that writes; resolves once it has ended. */
  async function start(due = () => false): Promise<{ writer: SinkWriter; end(): Promise<void> }> {
    const stop = new AbortController();
    const folder = await OutputFolder.open(engine.transport('w'), files, '/d/state/p', 'w');
    const [io, role] = [{ ...testIo(), files }, makeRole(engine, 'w', stop.signal, { due })];
    const records = new RunRecords(pipeline, { ...role, io, dataDir: '/d', shared: 'none', partitions: 1 });
    const writer = new SinkWriter(pipeline, folder, { io, dataDir: '/d', live: false, confirm: async () => undefined, records });
    await records.open(folder.place.decisions);
    const done = writer.run(role);
    return { writer, end: () => (stop.abort(), done) };
  }

  it('writes what comes, and another goes on behind it', async () => {
    await give(1, '', 'a');
    const first = await start();
    await until(() => lines().length === 1);
    await first.end();
    await give(3, '', 'b', 'c');
    const second = await start();
    await until(() => lines().length === 3);
    await second.end();
    expect(lines()).to.deep.equal(['a', 'b', 'c']);
    expect(second.writer.reports.map(({ id, written }) => [id, written])).to.deep.equal([['out', 2]]);
  });

  it('writes once what one that died had written behind what it knew', async () => {
    await give(1, '', 'a');
    const first = await start();
    await until(() => lines().length === 1);
    // It never hears of its end, and leaves nothing behind.
    const second = await start();
    await until(() => lines().length === 1);
    await give(2, '', 'b');
    await until(() => lines().length >= 2);
    await second.end();
    expect(lines().slice(-2)).to.deep.equal(['a', 'b']);
    void first;
  });

  it('takes back what counted only for the time being', async () => {
    const { end } = await start();
    await give(1, '', 'a');
    await give(2, 'provisional', 'unfinish');
    await give(3, 'end', 'last');
    await until(() => lines().length === 3);
    await give(4, 'void');
    await give(5, '', 'unfinished');
    await until(() => lines().at(-1) === 'unfinished');
    expect(lines()).to.deep.equal(['a', 'unfinished']);
    await end();
  });

  it('says that the end is not written any more before another writes it anew', async () => {
    await give(1, '', 'a');
    await give(2, 'end', 'last');
    const first = await start();
    await until(() => engine.of('written').length === 1);
    await first.end();
    expect(lines()).to.deep.equal(['a', 'last']);
    const said = () => decodeState<{ n: number }>(engine.of('written').at(-1)!.body).n;
    let [isLacking, isSaid] = [false, false];
    engine.watch = () => {
      if (lines().at(-1) !== 'last') isLacking = true;
      if (lines().at(-1) !== 'last' && said() === 2) isSaid = true;
      return true;
    };
    const second = await start();
    expect(second.writer.owes(2)).to.equal(true);
    await until(() => !second.writer.owes(2));
    await second.end();
    expect([isLacking, isSaid, said()]).to.deep.equal([true, false, 2]);
    expect(lines()).to.deep.equal(['a', 'last']);
  });

  it('says that the end is written once it is, and forgets on the engine what is kept', async () => {
    const { end } = await start(() => true);
    for (const n of [1, 2, 3]) await give(n, '', `${n}`);
    await give(4, 'end', 'last');
    await until(() => engine.of('written').length === 1);
    expect(lines()).to.deep.equal(['1', '2', '3', 'last']);
    expect(await readWritten(engine.transport('x'))).to.equal(4);
    expect(engine.of('desk')).to.have.length(1);
    await end();
  });
});
