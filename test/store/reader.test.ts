import { appendFileSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Event } from '../../src/event.ts';
import { nodeFiles } from '../../src/io.ts';
import { folder } from '../../src/sinks/folder.ts';
import { segments } from '../../src/sinks/segments.ts';
import type { StoreProblem } from '../../src/store/entry.ts';
import { readEvents, type ReadOptions } from '../../src/store/reader.ts';
import { sinkContext } from '../support/sinkContext.ts';
import { event, eventSignal, temporaryFolder } from '../support/storeFixture.ts';

describe('the store reader', () => {
  const dataDir = temporaryFolder();

  async function store(where: 'folder' | 'segments', events: readonly Event[], dir = dataDir()): Promise<void> {
    const sink =
      where === 'folder'
        ? await folder.open({ fsync: 'never' }, sinkContext(dir))
        : await segments.open({ fsync: 'never', partBytes: 2000 }, sinkContext(dir));
    await sink.write(events.map(eventSignal));
    await sink.close();
  }
  async function read(options: ReadOptions = {}, dir = dataDir()): Promise<Event[]> {
    const events: Event[] = [];
    for await (const one of readEvents(nodeFiles, dir, options)) events.push(one);
    return events;
  }
  const idsOf = (events: readonly Event[]) => events.map(({ id }) => id).join('');

  it('finds nothing in a folder that is not there', async () => {
    expect(await read({}, join(dataDir(), 'none'))).to.deep.equal([]);
  });

  it('merges both layouts in order of time, then id, each id once', async () => {
    await store('folder', [event('c', 3), event('a', 1)]);
    await store('segments', [event('e', 5), event('b', 3), event('c', 3), event('d', 4)]);
    await store('segments', [event('e', 5)]);
    expect(idsOf(await read())).to.equal('abcde');
  });

  it('gives back the events that were stored', async () => {
    const one = { ...event('a', 1), metadata: JSON.parse('{"__proto__":{"x":1},"nested":{"list":[1,null,"é"]}}') as Event['metadata'] };
    await store('segments', [one]);
    const [back] = await read();
    expect(JSON.stringify(back)).to.equal(JSON.stringify(one));
  });

  it('reads one group, a stretch of time, and no more than asked for', async () => {
    await store('segments', [event('a', 1), event('b', 2, 'B'), event('c', 3), event('d', 4), event('e', '2026-03-16T00:00:00Z')]);
    await store('folder', [event('f', 2)]);
    expect(idsOf(await read({ group: 'app:a' }))).to.equal('afcde');
    expect(idsOf(await read({ group: 'B' }))).to.equal('b');
    const from = Date.parse(event('', 2).timestamp);
    expect(idsOf(await read({ since: from, until: from + 120_000 }))).to.equal('bfc');
    expect(idsOf(await read({ limit: 2 }))).to.equal('ab');
    expect(idsOf(await read({ since: Date.parse('2026-03-15') }))).to.equal('e');
  });

  it('reports lines and records that are broken, with their place, and reads the rest', async () => {
    await store('segments', [event('a', 1), event('b', 2)]);
    await store('folder', [event('c', 3)]);
    const [group] = readdirSync(join(dataDir(), 'segments'));
    const path = join(dataDir(), 'segments', group!, readdirSync(join(dataDir(), 'segments', group!))[0]!);
    appendFileSync(path, JSON.stringify(event('d', 4)).slice(0, -2));
    writeFileSync(join(dataDir(), 'events/broken.json'), '{"id":');
    const problems: StoreProblem[] = [];
    expect(idsOf(await read({ onProblem: (problem) => problems.push(problem) }))).to.equal('abc');
    expect(problems).to.deep.equal([
      { path: join(dataDir(), 'events/broken.json'), reason: 'not JSON' },
      { path, line: 3, reason: 'not JSON' },
    ]);
  });

  it('takes a torn line for none, also when it is cut behind a brace', async () => {
    const torn = '{"id":"x","timestamp":"2026-03-14T00:00:00.000Z","source":"","group_id":"app:a","text":"a}}';
    await store('segments', [event('a', 1)]);
    const [group] = readdirSync(join(dataDir(), 'segments'));
    appendFileSync(join(dataDir(), 'segments', group!, readdirSync(join(dataDir(), 'segments', group!))[0]!), torn);
    const problems: StoreProblem[] = [];
    expect(idsOf(await read({ onProblem: (problem) => problems.push(problem) }))).to.equal('a');
    expect(problems).to.have.length(1);
  });

  it('follows no symbolic link', async () => {
    const outside = join(dataDir(), 'outside');
    mkdirSync(outside);
    await store('segments', [event('secret', 1)], outside);
    await store('folder', [event('secret2', 1)], outside);
    await store('segments', [event('a', 1)]);
    await store('folder', [event('b', 1)]);
    symlinkSync(join(outside, 'segments', readdirSync(join(outside, 'segments'))[0]!), join(dataDir(), 'segments/linked'));
    symlinkSync(join(outside, 'events/secret2.json'), join(dataDir(), 'events/secret2.json'));
    const problems: StoreProblem[] = [];
    expect(idsOf(await read({ onProblem: (problem) => problems.push(problem) }))).to.equal('ab');
    expect(problems.map(({ reason }) => reason)).to.have.members(['not a folder', 'not a plain file']);
    const linked = join(dataDir(), 'linked');
    mkdirSync(linked);
    for (const name of ['segments', 'events']) symlinkSync(join(outside, name), join(linked, name));
    problems.length = 0;
    expect(await read({ onProblem: (problem) => problems.push(problem) }, linked)).to.deep.equal([]);
    expect(problems.map(({ path }) => path)).to.have.members([join(linked, 'segments'), join(linked, 'events')]);
  });

  it('reads any store in the order of a sort, however it was written (property)', async () => {
    let run = 0;
    const one = fc.record({
      at: fc.integer({ min: 0, max: 5000 }),
      id: fc.integer({ min: 0, max: 40 }),
      group: fc.constantFrom('x', 'Y:z'),
      where: fc.constantFrom('folder', 'segments'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 40 }), async (some) => {
        const dir = join(dataDir(), `run${(run += 1)}`);
        // As with the ids of this program, the same id is the same event.
        const known = new Map<number, Event>();
        for (const { at, id, group } of some) if (!known.has(id)) known.set(id, event(`i${id}`, at, group, 'x'.repeat(id * 20)));
        for (const where of ['folder', 'segments'] as const) {
          await store(
            where,
            some.filter((entry) => entry.where === where).map(({ id }) => known.get(id)!),
            dir,
          );
        }
        const sorted = [...known.values()].toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp) || (a.id < b.id ? -1 : 1));
        expect(await read({}, dir)).to.deep.equal(sorted);
      }),
      { numRuns: 40 },
    );
  });
});
