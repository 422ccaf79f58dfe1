import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openFolderVectorStore } from '../../src/embedders/folderVectorStore.ts';
import { unitVector } from '../../src/embedders/unitVector.ts';
import type { StoredVector } from '../../src/embedders/vectorStore.ts';
import { nodeFiles } from '../../src/io.ts';
import { temporaryFolders } from './support/folders.ts';

const stored = (topicId: string, numbers: number[], more: Partial<StoredVector> = {}): StoredVector => ({
  topicId,
  groupId: 'g',
  model: 'm',
  text: `text of ${topicId}`,
  vector: unitVector(numbers)!,
  ...more,
});

describe('folder vector store', () => {
  const folderOf = temporaryFolders();
  const open = (folder: string) => openFolderVectorStore({ files: nodeFiles }, folder);

  it('finds the nearest by exact cosine, nearest first', async () => {
    const store = await open(await folderOf());
    await store.put([stored('east', [1, 0]), stored('north', [0, 1]), stored('north-east', [1, 1])]);
    const found = await store.nearest({ vector: unitVector([1, 0.1])!, model: 'm', limit: 2 });
    expect(found.map(({ topicId }) => topicId)).to.deep.equal(['east', 'north-east']);
    expect(found[0]?.similarity).to.be.closeTo(1 / Math.hypot(1, 0.1), 1e-6);
  });

  it('compares neither other spaces, nor other groups unless asked, nor what is too far', async () => {
    const store = await open(await folderOf());
    await store.put([stored('a', [1, 0]), stored('b', [1, 0], { groupId: 'h' }), stored('c', [1, 0], { model: 'n' }), stored('d', [0, 1])]);
    const query = { vector: unitVector([1, 0])!, model: 'm', limit: 9 };
    const ids = async (more: object) => (await store.nearest({ ...query, ...more })).map(({ topicId }) => topicId);
    expect(await ids({ minSimilarity: 0.5 })).to.deep.equal(['a', 'b']);
    expect(await ids({ groupId: 'h' })).to.deep.equal(['b']);
    expect(await ids({ vector: unitVector([1, 0, 0])! })).to.deep.equal([]);
  });

  it('finds everything again after it was opened anew, bit by bit', async () => {
    const folder = await folderOf();
    const one = stored('../../etc/passwd', [0.1, 0.2, -0.3]);
    await (await open(folder)).put([one]);
    const store = await open(folder);
    const [found] = await store.nearest({ vector: one.vector, model: 'm', limit: 1 });
    expect(found).to.deep.include({ topicId: '../../etc/passwd', groupId: 'g', text: 'text of ../../etc/passwd' });
    const [name] = await readdir(folder);
    const written = JSON.parse(await readFile(join(folder, name!), 'utf8')) as { vector: number[]; vector_id: string };
    expect(Float32Array.from(written.vector)).to.deep.equal(one.vector);
    expect(`${written.vector_id}.json`).to.equal(name);
  });

  it('removes topics for good', async () => {
    const folder = await folderOf();
    const store = await open(folder);
    await store.put([stored('a', [1, 0]), stored('b', [1, 0])]);
    await store.remove(['a']);
    for (const each of [store, await open(folder)])
      expect(await each.nearest({ vector: unitVector([1, 0])!, model: 'm', limit: 9 })).to.have.length(1);
  });

  it('leaves out and names files that are no records', async () => {
    const folder = await folderOf();
    await writeFile(join(folder, 'junk.json'), '{"vector": "no"}');
    expect((await open(folder)).damaged).to.deep.equal(['junk.json']);
  });

  it('agrees with looking at every pair', async () => {
    const numbers = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(numbers, { minLength: 1, maxLength: 8 }), numbers, async (all, asked) => {
        const store = await open(await folderOf());
        await store.put(all.map((each, at) => stored(String(at), each)));
        const vector = unitVector(asked)!;
        const [best] = await store.nearest({ vector, model: 'm', limit: 1 });
        const cosines = all.map((each) => unitVector(each)!.reduce((sum, x, at) => sum + x * vector[at]!, 0));
        expect(best?.similarity).to.be.closeTo(Math.max(...cosines), 1e-6);
      }),
      { numRuns: 15 },
    );
  });
});
