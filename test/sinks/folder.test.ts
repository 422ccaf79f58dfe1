import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { folder } from '../../src/sinks/folder.ts';
import { failingFiles } from '../support/failingFiles.ts';
import { sinkContext } from '../support/sinkContext.ts';
import { event, eventSignal, temporaryFolder } from '../support/storeFixture.ts';
import { testIo } from '../support/testIo.ts';

describe('folder', () => {
  const dataDir = temporaryFolder();
  const names = () => readdirSync(join(dataDir(), 'events'));
  const batch = (...ids: string[]) => ids.map((id, at) => eventSignal(event(id, at)));

  it('keeps exactly one canonical file an event and nothing beside it', async () => {
    const sink = await folder.open({}, sinkContext(dataDir()));
    await sink.write(batch('b2', 'a1', 'c3'));
    await sink.flush();
    await sink.close();
    expect(names()).to.deep.equal(['a1.json', 'b2.json', 'c3.json']);
    const text = readFileSync(join(dataDir(), 'events/a1.json'), 'utf8');
    expect(JSON.parse(text)).to.deep.equal({ ...event('a1', 1), schema: 1 });
    expect(Object.keys(JSON.parse(text) as object)).to.deep.equal(['id', 'timestamp', 'source', 'group_id', 'text', 'metadata', 'schema']);
  });

  it('adds nothing when the same events come again, in one batch or in the next run', async () => {
    const first = await folder.open({}, sinkContext(dataDir()));
    await first.write([...batch('a', 'b'), ...batch('a')]);
    const second = await folder.open({}, sinkContext(dataDir()));
    await second.write(batch('a', 'b', 'c'));
    expect(names()).to.have.length(3);
    expect(second.note!()).to.equal('1 new, 2 there already');
    expect(second.counters.written).to.equal(3);
  });

  it('mends a record that a power cut left empty', async () => {
    const sink = await folder.open({}, sinkContext(dataDir()));
    writeFileSync(join(dataDir(), 'events/a.json'), '');
    await sink.write(batch('a'));
    expect(JSON.parse(readFileSync(join(dataDir(), 'events/a.json'), 'utf8'))).to.have.property('id', 'a');
  });

  it('never shows half a record: whichever step fails, the batch again makes it whole', async () => {
    for (let at = 1; at <= 6; at += 1) {
      const failing = failingFiles(testIo().files, at);
      const io = { ...testIo(), files: failing.files };
      const sink = await folder.open({ path: join(dataDir(), String(at)) }, sinkContext(dataDir(), { io }));
      const folderOf = join(dataDir(), String(at), 'events');
      const failed: unknown = await sink.write(batch('a', 'b', 'c')).catch((error: unknown) => error);
      expect(failed, `step ${at}`).to.have.property('code', 'ENOSPC');
      for (const name of readdirSync(folderOf).filter((file) => file.endsWith('.json')))
        JSON.parse(readFileSync(join(folderOf, name), 'utf8'));
      await sink.write(batch('a', 'b', 'c'));
      await sink.flush();
      expect(readdirSync(folderOf)).to.deep.equal(['a.json', 'b.json', 'c.json']);
    }
  });

  it('forces each new file to disk at a checkpoint, and none when told never to', async () => {
    for (const [fsync, syncs] of [
      ['checkpoint', 3],
      ['never', 0],
    ] as const) {
      const counting = failingFiles(testIo().files, Number.POSITIVE_INFINITY);
      const io = { ...testIo(), files: counting.files };
      const sink = await folder.open({ path: join(dataDir(), fsync), fsync }, sinkContext(dataDir(), { io }));
      await sink.write(batch('a', 'b', 'c'));
      const before = counting.steps();
      await sink.flush();
      await sink.flush();
      expect(counting.steps() - before).to.equal(syncs);
    }
  });
});
