import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
import type { StoreProblem } from '../../src/store/entry.ts';
import { makeTable, tables, writeRecord } from '../../src/store/folder.ts';
import { folderIndex, FolderRun, type FolderRecord } from '../../src/store/folderIndex.ts';
import { eventAt } from '../support/fakes.ts';
import { memoryFiles, type MemoryFiles } from '../support/memoryFiles.ts';

const start = Date.UTC(2026, 2, 14);
const day = 86_400_000;

async function holding(events: readonly Event[]): Promise<MemoryFiles> {
  const files = memoryFiles();
  await makeTable(files, '/d', tables.events);
  for (const event of events) await writeRecord(files, '/d', tables.events, event);
  return files;
}
async function indexed(files: MemoryFiles, wanted: (event: Event) => boolean = () => true) {
  const problems: StoreProblem[] = [];
  return { index: await folderIndex(files, '/d', wanted, (problem) => void problems.push(problem)), problems };
}
const ids = (records: readonly FolderRecord[]) => records.map(({ event: kept }) => kept?.id).toSorted();
const kept = (one: Event): FolderRecord => ({ ...unkept(one), event: one });
const unkept = ({ id, timestamp, group_id: group }: Event): FolderRecord => ({
  ...{ path: `/d/events/${id}.json`, ms: Date.parse(timestamp), group, mark: 0, event: null },
});
const event = (time: number, text: string) => ({ ...eventAt(start + time, text).event, id: text });

describe('folderIndex', () => {
  it('knows the events of a folder by their day in UTC', async () => {
    const { index } = await indexed(await holding([event(0, 'a'), event(day - 1, 'b'), event(day, 'c')]));
    expect(Array.from(index, ([of, records]) => [of, ids(records)])).to.have.deep.members([
      ['2026-03-14', ['a', 'b']],
      ['2026-03-15', ['c']],
    ]);
  });

  it('knows only the events that are wanted', async () => {
    const { index } = await indexed(await holding([event(0, 'a'), event(1, 'b')]), ({ id }) => id === 'b');
    expect(ids(index.get('2026-03-14')!)).to.deep.equal(['b']);
  });

  it('reports what is no event by its path, and goes on', async () => {
    const files = await holding([event(0, 'a')]);
    await (await files.open('/d/events/broken.json', 'w')).write(Buffer.from('{"id":'));
    const { index, problems } = await indexed(files);
    expect(ids(index.get('2026-03-14')!)).to.deep.equal(['a']);
    expect(problems.map(({ path }) => path)).to.deep.equal(['/d/events/broken.json']);
  });

  it('is empty without a folder, and reports a file in its place', async () => {
    const files = memoryFiles();
    expect(await indexed(files)).to.deep.equal({ index: new Map(), problems: [] });
    await files.makeFolder('/d');
    await files.open('/d/events', 'w');
    expect((await indexed(files)).problems).to.deep.equal([{ path: '/d/events', reason: 'not a folder' }]);
  });
});

describe('FolderRun', () => {
  it('gives the events of a day once, by time then id, those that have to be read again among them', async () => {
    const [a, b, c] = [event(5, 'a'), event(1, 'b'), event(5, 'c')];
    const files = await holding([a, b, c]);
    const run = new FolderRun(files, [kept(c), unkept(a), kept(b)]);
    expect(await run.fill()).to.equal(true);
    expect(run.ready.map(({ id }) => id)).to.deep.equal(['b', 'a', 'c']);
    expect(await run.fill()).to.equal(false);
  });

  it('leaves out what was broken since it was indexed', async () => {
    const files = await holding([event(0, 'a')]);
    await (await files.open('/d/events/a.json', 'w')).write(Buffer.from('x'));
    expect(await new FolderRun(files, [unkept(event(0, 'a'))]).fill()).to.equal(false);
  });
});
