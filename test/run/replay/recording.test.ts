import { expect } from 'chai';
import type { Snapshot } from '../../../src/run/checkpoint/snapshot.ts';
import { Recorder, readRecording, snapshotBefore } from '../../../src/run/replay/recording.ts';
import { silence } from '../../../src/arrival.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';

const about = { pipeline: 'p', file: 'p.yaml', text: 'name: p', variables: { REGION: null } };
const begin = (files: MemoryFiles, every = 10) => Recorder.create(files, '/r', about, { every });
const at = (newest: number | null) => ({ newest }) as Snapshot;

describe('a recording', () => {
  it('says what it is of, from its beginning on, and how the run ended', async () => {
    const files = memoryFiles();
    const recorder = await begin(files);
    expect(await readRecording(files, '/r')).to.deep.include({ version: 1, ...about, ended: null, closed: false, newest: null });
    await recorder.finish({ ended: 'stopped', closed: true, newest: 5 });
    expect(await readRecording(files, '/r')).to.deep.include({ ...about, ended: 'stopped', closed: true, newest: 5 });
  });

  it('goes into no folder that holds one', async () => {
    const files = memoryFiles();
    await begin(files);
    expect(await begin(files).catch((error: Error) => error)).to.include({ code: 'CAD011' });
  });

  it('is not read from a folder that holds none', async () => {
    expect(await readRecording(memoryFiles(), '/r').catch((error: Error) => error)).to.include({ code: 'CAD010' });
  });

  it('asks for a snapshot each so many records', async () => {
    const recorder = await begin(memoryFiles(), 10);
    expect([recorder.due(9), recorder.due(1), recorder.due(0)]).to.deep.equal([false, true, true]);
    await recorder.snapshot(null);
    expect(recorder.due(9)).to.equal(false);
  });

  it('goes on from the newest snapshot that stands not behind a time, or from the first', async () => {
    const files = memoryFiles();
    const recorder = await begin(files);
    for (const newest of [100, 200, 300]) await recorder.snapshot(at(newest));
    const found = async (time: number | null) => (await snapshotBefore(files, '/r', time)).snapshot?.newest;
    expect([await found(50), await found(199), await found(200), await found(1e9)]).to.deep.equal([100, 100, 200, 300]);
    expect(await found(null)).to.equal(100);
  });

  it('has the decisions behind a snapshot from where its journal stood', async () => {
    const files = memoryFiles();
    const recorder = await begin(files);
    await recorder.snapshot(null);
    const { journal: first } = await snapshotBefore(files, '/r', null);
    await recorder.journal.append(silence(1), false);
    await recorder.snapshot(at(1));
    const { journal: second } = await snapshotBefore(files, '/r', 1);
    expect(second).to.deep.equal(recorder.journal.position);
    expect(second).to.not.deep.equal(first);
  });

  it('without a snapshot is none to go on from', async () => {
    const files = memoryFiles();
    await begin(files);
    expect(await snapshotBefore(files, '/r', null).catch((error: Error) => error)).to.include({ code: 'CAD010' });
  });
});
