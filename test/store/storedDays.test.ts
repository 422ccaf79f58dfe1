import { expect } from 'chai';
import { recordLine } from '../../src/base/recordText.ts';
import { canonicalEvent } from '../../src/store/canonicalEvent.ts';
import type { StoreProblem } from '../../src/store/entry.ts';
import { makeTable, tables, writeRecord } from '../../src/store/folder.ts';
import { listDays, openDay, type ReadOptions } from '../../src/store/storedDays.ts';
import { eventAt } from '../support/fakes.ts';
import { memoryFiles } from '../support/memoryFiles.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 14);

async function stored() {
  const files = memoryFiles();
  for (const [group, name] of [
    ['g', '2026-03-15.wxyz.ndjson'],
    ['g', '2026-03-14.wxyz.ndjson'],
    ['g', 'notes.txt'],
    ['h', '2026-03-14.wxyz.2.ndjson'],
  ] as const) {
    await files.makeFolder(`/d/segments/${group}`);
    await (
      await files.open(`/d/segments/${group}/${name}`, 'w')
    ).write(Buffer.from(recordLine(canonicalEvent(eventAt(start, name, group).event))));
  }
  await makeTable(files, '/d', tables.events);
  await writeRecord(files, '/d', tables.events, canonicalEvent(eventAt(start - day, 'single', 'g').event));
  return files;
}
const list = async (options: ReadOptions = {}) =>
  (await listDays(await stored(), '/d', options)).map(({ segments, folder }) => [
    ...segments.map((path) => path.replace('/d/segments/', '')),
    ...folder.map(({ event }) => event?.text),
  ]);

describe('listDays', () => {
  it('lists what is stored of each day, over both layouts, the first day first', async () => {
    expect(await list()).to.deep.equal([
      ['single'],
      ['g/2026-03-14.wxyz.ndjson', 'h/2026-03-14.wxyz.2.ndjson'],
      ['g/2026-03-15.wxyz.ndjson'],
    ]);
  });

  it('leaves out what cannot hold the group, or the stretch of time, that is asked for', async () => {
    expect(await list({ group: 'h' })).to.deep.equal([['h/2026-03-14.wxyz.2.ndjson']]);
    expect(await list({ since: start, until: start + day })).to.deep.equal([['g/2026-03-14.wxyz.ndjson', 'h/2026-03-14.wxyz.2.ndjson']]);
  });

  it('reports what stands in the place of a folder of segments', async () => {
    const files = memoryFiles();
    await files.makeFolder('/d');
    await files.open('/d/segments', 'w');
    const problems: StoreProblem[] = [];
    expect(await listDays(files, '/d', { onProblem: (problem) => void problems.push(problem) })).to.deep.equal([]);
    expect(problems).to.deep.equal([{ path: '/d/segments', reason: 'not a folder' }]);
  });
});

describe('openDay', () => {
  it('opens each segment by its path, and single events beside them', async () => {
    const files = await stored();
    const [single, first] = await listDays(files, '/d', {});
    const runs = openDay(files, { segments: first!.segments, folder: single!.folder }, {});
    expect(runs.map(({ path }) => path)).to.deep.equal([undefined, ...first!.segments]);
    for (const run of runs) expect(await run.fill()).to.equal(true);
  });
});
