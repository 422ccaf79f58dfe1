import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { cachedEmbedder } from '../../src/embedders/cachedEmbedder.ts';
import { newCounters, type Embedder } from '../../src/embedders/embedder.ts';
import { openVectorCache } from '../../src/embedders/vectorCache.ts';
import { parseVectorLine, vectorLine } from '../../src/embedders/vectorLine.ts';
import { nodeFiles } from '../../src/io.ts';
import { temporaryFolders } from './support/folders.ts';
import { quietIo } from './support/quietIo.ts';

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

describe('an embedder behind its cache', () => {
  const folderOf = temporaryFolders();

  /** Answers with the length of the text, or stands in with zeros while it is down. */
  const modelOf = () => {
    const asked: string[][] = [];
    const counters = newCounters();
    const state = { down: false };
    const embedder: Embedder = {
      name: 'test',
      model: 'm',
      dimension: 1,
      similarityThreshold: 0.5,
      counters,
      async embed(texts) {
        asked.push([...texts]);
        counters.asked += texts.length;
        counters[state.down ? 'fallbacks' : 'embedded'] += texts.length;
        return { vectors: texts.map((text) => vector(state.down ? 0 : text.length)), fallback: texts.map(() => state.down) };
      },
      ready: () => !state.down,
      close: async () => {},
    };
    return { asked, state, embedder };
  };

  it('asks for each text once and gives every one its vector', async () => {
    const io = quietIo();
    const { asked, embedder } = modelOf();
    const cached = cachedEmbedder(embedder, await openVectorCache({ io, cacheDir: await folderOf(), model: 'm' }), { io, cacheDir: '' });
    await cached.embed(['a', 'bb', 'a']);
    const { vectors } = await cached.embed(['bb', 'ccc', 'a']);
    expect(vectors).to.deep.equal([vector(2), vector(3), vector(1)]);
    expect(asked).to.deep.equal([['a', 'bb'], ['ccc']]);
    expect(cached.counters).to.include({ asked: 6, embedded: 3, cached: 3 });
  });

  it('never keeps a vector that stood in, so that the model answers when it is back', async () => {
    const io = quietIo();
    const { state, embedder } = modelOf();
    const cached = cachedEmbedder(embedder, await openVectorCache({ io, cacheDir: await folderOf(), model: 'm' }), { io, cacheDir: '' });
    state.down = true;
    expect((await cached.embed(['aa'])).fallback).to.deep.equal([true]);
    state.down = false;
    expect(await cached.embed(['aa'])).to.deep.equal({ vectors: [vector(2)], fallback: [false] });
  });

  it('goes on without a cache that cannot be written, and says so once', async () => {
    const io = quietIo();
    const full = { ...io, files: { ...nodeFiles, open: () => Promise.reject(new Error('ENOSPC: no space left on device')) } };
    const warnings: string[] = [];
    const cache = await openVectorCache({ io: full, cacheDir: await folderOf(), model: 'm' });
    const cached = cachedEmbedder(modelOf().embedder, cache, { io, cacheDir: '', warn: (message) => void warnings.push(message) });
    expect((await cached.embed(['a'])).vectors).to.deep.equal([vector(1)]);
    expect((await cached.embed(['bb'])).vectors).to.deep.equal([vector(2)]);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include('ENOSPC');
  });
});
