import { expect } from 'chai';
import fc from 'fast-check';
import { Journal, type JournalPosition } from '../../src/store/journal.ts';
import { failingFiles } from '../support/failingFiles.ts';
import { memoryFiles } from '../support/memoryFiles.ts';
import { seeded } from '../../bench/support/seeded.ts';

const folder = '/j';

async function rest(journal: Journal): Promise<string[]> {
  const all: string[] = [];
  for await (const { lines } of journal.rest()) all.push(...lines);
  return all;
}

describe('Journal', () => {
  it('gives back what was appended, in order, from its beginning or from a position', async () => {
    const files = memoryFiles();
    const journal = await Journal.open(files, folder, null);
    await journal.append('a\nb\n');
    const between = journal.end;
    await journal.append('c\n');
    await journal.close();
    expect(await rest(await Journal.open(files, folder, null))).to.deep.equal(['a', 'b', 'c']);
    expect(await rest(await Journal.open(files, folder, between))).to.deep.equal(['c']);
    expect(await rest(await Journal.open(files, folder, journal.end))).to.deep.equal([]);
  });

  it('leaves out half a line that a crash left', async () => {
    const files = memoryFiles();
    const journal = await Journal.open(files, folder, null);
    await journal.append('whole\n');
    const [name] = await files.list(folder);
    await (await files.open(`${folder}/${name}`, 'a')).write(Buffer.from('{"half'));
    expect(await rest(await Journal.open(files, folder, null))).to.deep.equal(['whole']);
  });

  it('writes what waits together: one fsync for many', async () => {
    const files = memoryFiles();
    const counting = failingFiles(files, Number.POSITIVE_INFINITY, { steps: ['sync'] });
    const journal = await Journal.open(counting.files, folder, null);
    await Promise.all(Array.from({ length: 50 }, (_, i) => journal.append(`${i}\n`)));
    expect(counting.steps()).to.be.at.most(2);
    expect(await rest(journal)).to.have.length(50);
  });

  it('keeps all that it acknowledged through any power cut, and nothing out of order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), fc.integer(), async (synced, seed) => {
        const files = memoryFiles();
        const journal = await Journal.open(files, folder, null);
        for (const [i, sync] of synced.entries()) await journal.append(`${i}\n`, { sync });
        files.cutPower(seeded(seed));
        const found = (await rest(await Journal.open(files, folder, null))).map(Number);
        expect(found).to.deep.equal(found.map((_, i) => i));
        expect(found.length).to.be.greaterThan(synced.lastIndexOf(true));
      }),
      { numRuns: 200 },
    );
  });

  it('tells the appender when the disk refuses, and goes on in a new segment', async () => {
    for (const code of ['ENOSPC', 'EIO'] as const) {
      const files = memoryFiles();
      const failing = failingFiles(files, 3, { code, steps: ['write', 'sync'] });
      const journal = await Journal.open(failing.files, folder, null);
      await journal.append('one\n');
      const refused = await journal.append('two\n').then(
        () => null,
        (error: NodeJS.ErrnoException) => error.code,
      );
      expect(refused).to.equal(code);
      await journal.append('three\n');
      await journal.close();
      expect(await rest(await Journal.open(files, folder, null))).to.deep.equal(['one', 'three']);
    }
  });

  it('lets go of segments before a released position, and of no others', async () => {
    const files = memoryFiles();
    const ends: JournalPosition[] = [];
    for (const line of ['a', 'b', 'c', 'd']) {
      const journal = await Journal.open(files, folder, null);
      await journal.append(`${line}\n`);
      ends.push(journal.end);
      await journal.close();
    }
    const journal = await Journal.open(files, folder, null);
    await journal.release(ends[1]!);
    expect(await rest(await Journal.open(files, folder, ends[1]!))).to.deep.equal(['c', 'd']);
    expect(await files.list(folder)).to.have.length(3);
  });

  it('never uses a number twice, not even one of a position whose segment is gone', async () => {
    const files = memoryFiles();
    const journal = await Journal.open(files, folder, { segment: 7, offset: 12 });
    await journal.append('new\n');
    expect(journal.end.segment).to.equal(8);
  });
});
