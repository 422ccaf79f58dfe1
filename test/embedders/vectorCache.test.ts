import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { openVectorCache } from '../../src/embedders/vectorCache.ts';
import { parseVectorLine, vectorLine } from '../../src/embedders/vectorLine.ts';
import { nodeFiles } from '../../src/io.ts';
import { temporaryFolders } from './support/folders.ts';

const vector = (...numbers: number[]) => Float32Array.from(numbers);

describe('vector cache', () => {
  const folderOf = temporaryFolders();
  const open = (cacheDir: string, more: { maxEntries?: number; model?: string } = {}) =>
    openVectorCache({ io: { files: nodeFiles }, cacheDir, model: 'm', ...more });

  it('finds again, bit by bit, what an earlier process put there', async () => {
    const folder = await folderOf();
    await (
      await open(folder)
    ).put([
      ['disk full', vector(0.1, -1e-20, 3)],
      ['__proto__', vector(1, 2, 3)],
    ]);
    const cache = await open(folder);
    expect(cache.get('disk full')).to.deep.equal(vector(0.1, -1e-20, 3));
    expect(cache.get('__proto__')).to.deep.equal(vector(1, 2, 3));
    expect(cache.get('constructor')).to.equal(undefined);
    expect(cache).to.include({ size: 2, dimension: 3, damaged: 0 });
  });

  it('keeps the models apart', async () => {
    const folder = await folderOf();
    await (await open(folder)).put([['a', vector(1)]]);
    expect((await open(folder, { model: 'other' })).get('a')).to.equal(undefined);
  });

  it('loses no more than the line a crash has torn, and goes on behind it', async () => {
    const folder = await folderOf();
    const { path, put } = await open(folder);
    await put([['a', vector(1)]]);
    await appendFile(path, vectorLine('torn', vector(2)).slice(0, 30));
    const cache = await open(folder);
    expect(cache).to.include({ size: 1, damaged: 1 });
    await cache.put([['b', vector(3)]]);
    const again = await open(folder);
    expect([again.get('a'), again.get('torn'), again.get('b')]).to.deep.equal([vector(1), undefined, vector(3)]);
  });

  it('leaves out a line in which a byte has changed', async () => {
    const folder = await folderOf();
    const { path, put } = await open(folder);
    await put([
      ['a', vector(1, 2, 3)],
      ['b', vector(1)],
    ]);
    const text = await readFile(path, 'utf8');
    const at = text.indexOf('"vector":"') + 12;
    await writeFile(path, `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
    const cache = await open(folder);
    expect(cache).to.include({ size: 1, damaged: 1 });
    expect(cache.get('a')).to.equal(undefined);
  });

  it('keeps the newest within its bound, on disk too', async () => {
    const folder = await folderOf();
    const { put, path } = await open(folder, { maxEntries: 10 });
    for (let n = 0; n < 50; n += 1) await put([[`text ${n}`, vector(n)]]);
    const cache = await open(folder, { maxEntries: 10 });
    expect(cache.size).to.equal(10);
    expect(cache.get('text 49')).to.deep.equal(vector(49));
    expect((await readFile(path, 'utf8')).trimEnd().split('\n')).to.have.length(10);
  });

  /** Any code units, lone surrogates too. */
  const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

  it('reads back any text and vector it writes', () =>
    fc.assert(
      fc.property(anyText, fc.array(fc.float({ noNaN: true }), { maxLength: 64 }), (text, numbers) => {
        const vector = Float32Array.from(numbers);
        const read = parseVectorLine(vectorLine(text, vector).trimEnd())!;
        expect(read.text).to.equal(text);
        expect(Buffer.from(read.vector.buffer).equals(Buffer.from(vector.buffer))).to.equal(true);
      }),
      { numRuns: 200 },
    ));
});
