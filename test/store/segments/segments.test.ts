import { expect } from 'chai';
import { CaducusError } from '../../../src/errors.ts';
import type { Files } from '../../../src/io.ts';
import { Segments, type Lengths, type SegmentsOptions } from '../../../src/store/segments/segments.ts';
import { failingFiles } from '../../support/failingFiles.ts';
import { eventAt } from '../../support/fakes.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 14);
const options: SegmentsOptions = { dataDir: '/d', writer: 'w1', partBytes: 1e6, maxOpen: 2, durable: false };

const opened = (files: Files, from: Lengths | null = null, changes: Partial<SegmentsOptions> = {}) =>
  Segments.open(files, { ...options, ...changes }, from);
const entry = (time: number, text: string, group = 'g') => {
  const { event } = eventAt(start + time, text, group);
  return { event, time: start + time };
};
/** What each file holds, its lines as the texts of their events. */
const held = (files: MemoryFiles) =>
  Object.fromEntries(
    Object.entries(files.texts()).map(([path, text]) => [
      path.replace('/d/segments/', ''),
      text
        .split('\n')
        .slice(0, -1)
        .map((line) => (JSON.parse(line) as { text: string }).text),
    ]),
  );

describe('Segments', () => {
  it('keeps the events of a group and a day of UTC in a file', async () => {
    const files = memoryFiles();
    const segments = await opened(files);
    await segments.append([entry(0, 'a'), entry(day - 1, 'b'), entry(day, 'c'), entry(0, 'd', 'h')]);
    expect(held(files)).to.deep.equal({
      'g/2026-03-14.w1.ndjson': ['a', 'b'],
      'g/2026-03-15.w1.ndjson': ['c'],
      'h/2026-03-14.w1.ndjson': ['d'],
    });
    expect(segments.oldestDay()).to.equal('2026-03-14');
  });

  it('says how many bytes it wrote, and how long each file is', async () => {
    const files = memoryFiles();
    const segments = await opened(files);
    const bytes = await segments.append([entry(0, 'a'), entry(day, 'ü')]);
    const lengths = Object.fromEntries(
      Object.entries(files.texts()).map(([path, text]) => [path.replace('/d/segments/', ''), Buffer.byteLength(text)]),
    );
    expect(segments.lengths()).to.deep.equal(lengths);
    expect([segments.bytes(), bytes]).to.deep.equal([bytes, Object.values(lengths).reduce((a, b) => a + b)]);
  });

  it('begins a next part before a file would grow too large, within a batch and from one to the next', async () => {
    const files = memoryFiles();
    const probe = await opened(memoryFiles());
    const partBytes = 2 * (await probe.append([entry(0, 'a')]));
    const segments = await opened(files, null, { partBytes });
    await segments.append(['a', 'b', 'c'].map((text) => entry(0, text)));
    await segments.append(['d', 'e'].map((text) => entry(0, text)));
    expect(held(files)).to.deep.equal({
      'g/2026-03-14.w1.ndjson': ['a', 'b'],
      'g/2026-03-14.w1.2.ndjson': ['c', 'd'],
      'g/2026-03-14.w1.3.ndjson': ['e'],
    });
  });

  it('goes back to the lengths of a checkpoint: cuts its files, and removes its newer ones', async () => {
    const files = memoryFiles();
    const first = await opened(files);
    await first.append([entry(0, 'a')]);
    const lengths = first.lengths();
    await first.append([entry(0, 'b'), entry(day, 'c')]);
    const other = await opened(files, null, { writer: 'w2' });
    await other.append([entry(0, 'of another writer')]);
    const second = await opened(files, lengths);
    await second.append([entry(0, 'd')]);
    expect(held(files)).to.deep.equal({ 'g/2026-03-14.w1.ndjson': ['a', 'd'], 'g/2026-03-14.w2.ndjson': ['of another writer'] });
  });

  it('goes on behind what its files hold without a checkpoint', async () => {
    const files = memoryFiles();
    await (await opened(files)).append([entry(0, 'a')]);
    await (await opened(files)).append([entry(0, 'b')]);
    expect(held(files)).to.deep.equal({ 'g/2026-03-14.w1.ndjson': ['a', 'b'] });
  });

  it('refuses a file that is shorter than the checkpoint says', async () => {
    const files = memoryFiles();
    const first = await opened(files);
    const bytes = await first.append([entry(0, 'a')]);
    const path = '/d/segments/g/2026-03-14.w1.ndjson';
    await (await files.open(path, 'r+')).truncate(5);
    const failure = await opened(files, first.lengths()).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(CaducusError);
    expect((failure as CaducusError).message).to.include(`is shorter than at the last checkpoint (5 of ${bytes} bytes)`);
  });

  it('holds nothing of a batch that failed, and the same batch again goes over what was left of it', async () => {
    const files = memoryFiles();
    const failing = failingFiles(files, 2, { steps: ['write'] });
    const segments = await opened(failing.files);
    const batch = [entry(0, 'a'), entry(day, 'b')];
    const failure = await segments.append(batch).catch((error: NodeJS.ErrnoException) => error.code);
    expect([failure, segments.lengths()]).to.deep.equal(['ENOSPC', {}]);
    await segments.append(batch);
    expect(held(files)).to.deep.equal({ 'g/2026-03-14.w1.ndjson': ['a'], 'g/2026-03-15.w1.ndjson': ['b'] });
  });

  it('removes whole days that are too old, counted from the newest event, and starts them at part 1 again', async () => {
    const files = memoryFiles();
    const segments = await opened(files, null, { partBytes: 1 });
    await segments.append([entry(0, 'a'), entry(0, 'b'), entry(5 * day, 'c')]);
    expect(await segments.retain(start + 5 * day, { maxAge: 2 * day })).to.equal(2);
    expect(segments.oldestDay()).to.equal('2026-03-19');
    await segments.append([entry(0, 'd')]);
    expect(held(files)).to.deep.equal({ 'g/2026-03-14.w1.ndjson': ['d'], 'g/2026-03-19.w1.ndjson': ['c'] });
  });

  it('is empty before the first event', async () => {
    const segments = await opened(memoryFiles());
    expect([segments.bytes(), segments.oldestDay(), segments.lengths()]).to.deep.equal([0, null, {}]);
  });

  it('survives a power cut once it was synced', async () => {
    const files = memoryFiles();
    const segments = await opened(files, null, { durable: true });
    await segments.append([entry(0, 'a'), entry(day, 'b', 'h')]);
    await segments.sync();
    files.cutPower(() => 0.9);
    expect(held(files)).to.deep.equal({ 'g/2026-03-14.w1.ndjson': ['a'], 'h/2026-03-15.w1.ndjson': ['b'] });
  });
});
