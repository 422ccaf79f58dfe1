import { expect } from 'chai';
import fc from 'fast-check';
import { readRejected, rejectedFile, rejectedParts, removeRejected, type RejectedRecord } from '../../src/store/rejectedFiles.ts';
import { memoryFiles, type MemoryFiles } from '../support/memoryFiles.ts';

const record = (id: string, line = 1): RejectedRecord => ({
  id,
  pipeline: 'p',
  at: null,
  source: 's',
  reason: 'not JSON',
  place: { file: 'f', line },
  original: '{',
});
const path = rejectedFile('/d', 'p');

async function holding(texts: Record<string, string>): Promise<MemoryFiles> {
  const files = memoryFiles();
  await files.makeFolder('/d/rejected');
  for (const [at, text] of Object.entries(texts)) await (await files.open(at, 'w')).write(Buffer.from(text));
  return files;
}
const lines = (records: readonly object[]) => records.map((one) => `${JSON.stringify(one)}\n`).join('');

describe('files of rejected records', () => {
  it('are found by pipeline, the oldest part first by its number and the one being written last', async () => {
    const names = ['p.10.ndjson', 'p.ndjson', 'p.2.ndjson', 'q.ndjson', '_x.ndjson', 'p.ndjson.tmp', 'p.x.ndjson', 'notes.txt'];
    const files = await holding(Object.fromEntries(names.map((name) => [`/d/rejected/${name}`, ''])));
    const parts = await rejectedParts(files, '/d');
    expect(Object.fromEntries(Array.from(parts, ([name, found]) => [name, found.map(({ part }) => part)]))).to.deep.equal({
      p: [2, 10, null],
      q: [null],
    });
    expect(parts.get('p')!.map((one) => one.path)).to.deep.equal([2, 10, undefined].map((part) => rejectedFile('/d', 'p', part)));
  });

  it('are none before anything was rejected', async () => {
    expect(await rejectedParts(memoryFiles(), '/d')).to.deep.equal(new Map());
  });

  it('are read past lines that are torn, of a later release, or no record', async () => {
    const other = [{ ...record('x'), schema: 2 }, { ...record('x'), id: 1 }, { ...record('x'), place: null }, 3, null];
    const text = `${lines([record('a')])}${JSON.stringify(record('b')).slice(0, 20)}\n${lines(other as object[])}\n${lines([record('c')])}`;
    const files = await holding({ [path]: text });
    expect(await readRejected(files, path)).to.deep.equal([record('a'), record('c')]);
  });

  it('lose of each id as many as are taken out, the oldest of them', async () => {
    const ids = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(ids, fc.dictionary(fc.constantFrom('a', 'b', 'd'), fc.nat(4)), async (all, taken) => {
        const records = all.map((id, i) => record(id, i + 1));
        const files = await holding({ [path]: lines(records) });
        const gone = await removeRejected(files, path, new Map(Object.entries(taken)));
        const kept = records.filter(({ id }, i) => all.slice(0, i).filter((before) => before === id).length >= (taken[id] ?? 0));
        expect((await readRejected(files, path)).map(({ place }) => place.line)).to.deep.equal(kept.map(({ place }) => place.line));
        expect(gone).to.equal(all.length - kept.length);
      }),
      { numRuns: 50 },
    );
  });

  it('stay as they are, byte for byte, when nothing is taken out', async () => {
    const text = `${lines([record('a')])}{"torn`;
    const files = await holding({ [path]: text });
    expect(await removeRejected(files, path, new Map([['b', 1]]))).to.equal(0);
    expect(files.texts()[path]).to.equal(text);
  });
});
