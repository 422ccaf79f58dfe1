import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Event } from '../../src/event.ts';
import { nodeFiles } from '../../src/io.ts';
import { folder } from '../../src/sinks/folder.ts';
import { segments } from '../../src/sinks/segments.ts';
import { readEvents } from '../../src/store/reader.ts';
import { readGroups, type GroupSummary } from '../../src/store/readGroups.ts';
import { sinkContext } from '../support/sinkContext.ts';
import { event, eventSignal, temporaryFolder } from '../support/storeFixture.ts';

describe('readGroups', () => {
  const dataDir = temporaryFolder();

  async function store(where: 'folder' | 'segments', events: readonly Event[], dir = dataDir()): Promise<void> {
    const sink =
      where === 'folder'
        ? await folder.open({ fsync: 'never' }, sinkContext(dir))
        : await segments.open({ fsync: 'never', partBytes: 90_000 }, sinkContext(dir));
    await sink.write(events.map(eventSignal));
    await sink.close();
  }

  it('finds nothing in a folder that is not there', async () => {
    expect(await readGroups(nodeFiles, join(dataDir(), 'none'))).to.deep.equal([]);
  });

  it('lists the groups by name with their counts and times, an event that is stored twice once', async () => {
    await store('segments', [event('a', 1, 'B'), event('b', 7, 'B'), event('c', 2, 'a')]);
    await store('folder', [event('b', 7, 'B'), event('d', 0, 'B')]);
    expect(await readGroups(nodeFiles, dataDir())).to.deep.equal([
      { group_id: 'B', events: 3, first: '2026-03-14T00:00:00.000Z', last: '2026-03-14T00:07:00.000Z' },
      { group_id: 'a', events: 1, first: '2026-03-14T00:02:00.000Z', last: '2026-03-14T00:02:00.000Z' },
    ]);
  });

  it('counts a line of another group, which somebody has put into a segment, where it belongs', async () => {
    mkdirSync(join(dataDir(), 'segments', 'a'), { recursive: true });
    const strange = { ...event('b', 1, 'b'), extra: 1 };
    const lines = [event('a', 0, 'a'), Object.fromEntries(Object.entries(strange).toReversed())];
    writeFileSync(join(dataDir(), 'segments', 'a', '2026-03-14.wxyz.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect((await readGroups(nodeFiles, dataDir())).map(({ group_id: id, events }) => [id, events])).to.deep.equal([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('counts what reading every event counts, whatever is stored, while the store grows (property)', async () => {
    let run = 0;
    const one = fc.record({ at: fc.nat(4000), id: fc.nat(60), group: fc.constantFrom('x', 'Y:z', 'é') });
    const written = fc.record({ where: fc.constantFrom('folder', 'segments'), events: fc.array(one, { maxLength: 25 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(written, { maxLength: 4 }), async (writes) => {
        const dir = join(dataDir(), `run${(run += 1)}`);
        const known = new Map<number, Event>();
        for (const { where, events } of writes) {
          // Lines so long that there is an index of them.
          for (const { at, id, group } of events)
            if (!known.has(id)) known.set(id, event(`i${id}`, at, group, 'x'.repeat(where === 'folder' ? 9 : 9000)));
          await store(
            where as 'folder' | 'segments',
            events.map(({ id }) => known.get(id)!),
            dir,
          );
          expect(await readGroups(nodeFiles, dir)).to.deep.equal(await counted(dir));
        }
      }),
      { numRuns: 25 },
    );
  });
});

async function counted(dir: string): Promise<GroupSummary[]> {
  const groups = new Map<string, GroupSummary>();
  for await (const { group_id, timestamp } of readEvents(nodeFiles, dir)) {
    const known = groups.get(group_id) ?? { group_id, events: 0, first: timestamp, last: timestamp };
    groups.set(group_id, { ...known, events: known.events + 1, last: timestamp });
  }
  return [...groups.values()].toSorted((a, b) => (a.group_id < b.group_id ? -1 : 1));
}
