import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Event, Json } from '../../src/event.ts';
import { folder } from '../../src/sinks/folder.ts';
import type { SourceBatch } from '../../src/sources/source.ts';
import { store } from '../../src/sources/store.ts';
import { openSource } from '../support/openSource.ts';
import { sinkContext } from '../support/sinkContext.ts';
import { event, eventSignal, temporaryFolder } from '../support/storeFixture.ts';
import { testIo } from '../support/testIo.ts';

describe('the source store', () => {
  const dataDir = temporaryFolder();
  const io = testIo();
  async function keep(...events: Event[]): Promise<void> {
    const sink = await folder.open({ fsync: 'never' }, sinkContext(dataDir()));
    await sink.write(events.map(eventSignal));
    await sink.close();
  }
  async function read(options: object = {}, from: Json | null = null): Promise<SourceBatch[]> {
    const { batches } = openSource(store, { path: dataDir(), ...options }, { io, from });
    const read: SourceBatch[] = [];
    for await (const batch of batches) read.push(batch);
    return read;
  }
  const ids = (batches: readonly SourceBatch[]) =>
    batches.flatMap(({ records }) => records.map((one) => (one.kind === 'event' ? one.event.id : one.kind)));

  it('gives nothing of an empty folder', async () => {
    expect(await read()).to.deep.equal([]);
  });

  it('gives the stored events in the order of time, at their time', async () => {
    await keep(event('b', 2), event('a', 1), event('c', 3));
    const batches = await read();
    expect(ids(batches)).to.deep.equal(['a', 'b', 'c']);
    expect(batches[0]!.records[0]!.time).to.equal(Date.UTC(2026, 2, 14, 0, 1));
    expect(batches.at(-1)!.position).to.equal(3);
  });

  it('gives one group where it is told to', async () => {
    await keep(event('a', 1), event('b', 2, 'app:b'));
    expect(ids(await read({ group: 'app:b' }))).to.deep.equal(['b']);
  });

  it('goes on behind its position', async () => {
    await keep(event('a', 1), event('b', 2), event('c', 3));
    expect(ids(await read({}, 2))).to.deep.equal(['c']);
    expect(await read({}, 3)).to.deep.equal([]);
  });

  it('hands on at most 1024 records at once, each with where it stands', async () => {
    await keep(...Array.from({ length: 1030 }, (_, i) => event(`e${String(i).padStart(4, '0')}`, i)));
    const batches = await read();
    expect(batches.map(({ records, position }) => [records.length, position])).to.deep.equal([
      [1024, 1024],
      [6, 1030],
    ]);
    expect(ids(await read({}, 1024))).to.deep.equal(ids(batches).slice(1024));
  });

  it('rejects what cannot be read, with its file, and gives the others', async () => {
    await keep(event('a', 1), event('b', 2));
    const broken = readdirSync(dataDir(), { recursive: true, encoding: 'utf8' }).find(
      (path) => /a[^/]*\.json$/.test(path) && !path.includes('manifest'),
    );
    appendFileSync(join(dataDir(), broken!), '}');
    const records = (await read()).flatMap((batch) => batch.records);
    expect(records.map(({ kind }) => kind)).to.have.members(['event', 'rejected']);
    const rejected = records.find((one) => one.kind === 'rejected');
    expect(rejected!.rejected).to.deep.include({ source: 'store', place: { file: join(dataDir(), broken!) } });
  });

  it('ends when it is stopped', async () => {
    await keep(event('a', 1));
    const { iterator, stop } = openSource(store, { path: dataDir() }, { io });
    stop();
    expect(await iterator.next()).to.deep.equal({ done: true, value: undefined });
  });
});
