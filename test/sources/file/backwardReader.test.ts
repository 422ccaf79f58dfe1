import { expect } from 'chai';
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import type { Parser } from '../../../src/formats/format.ts';
import { createParser } from '../../../src/formats/index.ts';
import { isNewestFirst } from '../../../src/formats/reading/newestFirst.ts';
import { bytesInMemory, readBackwards } from '../../../src/sources/file/readBackwards.ts';
import { eventsOf, readFile, rejectedOf, textsOf, withFolder } from './fileRuns.ts';

const stamp = (n: number) => new Date(Date.UTC(2026, 2, 14) + n * 1000).toISOString();
const named = (count: number) => Array.from({ length: count }, (_, n) => `request ${n} served`);
const lines = (count: number) => named(count).map((text, n) => `${stamp(n)} INFO ${text}`);
const newestFirst = (count: number) => `${lines(count).toReversed().join('\n')}\n`;

describe('a file that is written newest first', () => {
  const folder = withFolder();
  const write = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(folder.at(name), bytes);
    return { path: folder.at(name), format: 'auto' };
  };

  for (const count of [5, 40, 30_000])
    it(`is read from its end on: ${count} lines`, async () => {
      const { signals } = await readFile(write('in.log', newestFirst(count)));
      expect(textsOf(signals)).to.deep.equal(named(count));
      expect(rejectedOf(signals)).to.deep.equal([]);
    });

  it('has the ids that its records have however it is read', async () => {
    const { signals } = await readFile(write('in.log', newestFirst(40)));
    const offsets = eventsOf(signals).map(({ id }) => Number.parseInt(id.split('-')[1]!, 36));
    expect(offsets).to.deep.equal(offsets.toSorted((a, b) => b - a));
    expect(offsets.at(-1)).to.equal(0);
  });

  it('is read so where it is a table, JSON, compressed, or of records of several lines', async () => {
    const rows = named(3000).map((text, n) => `${stamp(n)},INFO,svc,${text}`);
    const table = write('in.csv', `timestamp,level,service,message\n${rows.toReversed().join('\n')}\n`);
    expect(textsOf((await readFile(table)).signals)).to.deep.equal(named(3000));
    const json = named(3000).map((message, n) => JSON.stringify({ time: stamp(n), level: 'info', message }));
    expect(textsOf((await readFile(write('in.json', json.toReversed().join('\n')))).signals)).to.deep.equal(named(3000));
    expect(textsOf((await readFile(write('in.log.gz', gzipSync(newestFirst(3000))))).signals)).to.deep.equal(named(3000));
    const crash = (n: number) => `${stamp(n)} ERROR crash ${n}\n\tat a.B.c(B.java:${n})\n\tat d.E.f(E.java:1)`;
    const traces = Array.from({ length: 9000 }, (_, n) => crash(n));
    const read = textsOf((await readFile(write('in.log', `${traces.toReversed().join('\n')}\n`))).signals);
    expect(read.map((text) => text.split('\n').length)).to.deep.equal(traces.map(() => 3));
    expect(read.map((text) => text.split('\n')[0])).to.deep.equal(traces.map((_, n) => `crash ${n}`));
  });

  it('goes on from every position without a loss or a repetition', async () => {
    const options = write('in.log', newestFirst(12_000));
    const { positions } = await readFile(options);
    expect(positions.length).to.be.greaterThan(2);
    for (const { count, position } of positions) {
      const rest = await readFile(options, { from: position });
      expect(textsOf(rest.signals), `after ${count}`).to.deep.equal(named(12_000).slice(count));
    }
  });

  it('is told by almost all steps going down, at both ends', () => {
    const down = [9, 8, 8, 7, 7, 6];
    expect(isNewestFirst(down, [4, 3, 2, 1])).to.equal(true);
    expect(isNewestFirst(down, down)).to.equal(true);
    expect(isNewestFirst(down, [1, 2, 3, 4])).to.equal(false);
    expect(isNewestFirst(down, [14, 13, 12, 11])).to.equal(false);
    expect(isNewestFirst([3, 2, 2, 2, 2, 1], [1, 1, 1])).to.equal(false);
    expect(isNewestFirst([1, 2, 3, 9, 4, 5, 6], [7, 8])).to.equal(false);
    expect(isNewestFirst([9, 8, 20, 7, 6, 5, 4, 3, 2, 1], [0, -1, -2, -3])).to.equal(true);
  });

  it('gives each record once, whatever lies at the ends of blocks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 20, maxLength: 60 }), async (lengths) => {
        const all = lengths.map((length, n) => `${stamp(lengths.length - n)} INFO r${n} ${'x'.repeat(length)}`);
        const bytes = bytesInMemory(Buffer.from(`${all.join('\n')}\n`));
        const makeParser = (from: Parameters<typeof createParser>[2]): Parser => createParser('lines', {}, from);
        const read: string[] = [];
        for await (const { items } of readBackwards(bytes, makeParser, bytes.size))
          for (const item of items) if (item.kind === 'draft') read.push(item.text.split(' ')[0]!);
        expect(read).to.deep.equal(lengths.map((_, n) => `r${n}`).toReversed());
      }),
      { numRuns: 20 },
    );
  });
});
