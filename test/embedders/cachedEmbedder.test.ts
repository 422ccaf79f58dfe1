import { expect } from 'chai';
import { cachedEmbedder } from '../../src/embedders/cachedEmbedder.ts';
import { newCounters, type Embedder } from '../../src/embedders/embedder.ts';
import { openVectorCache } from '../../src/embedders/vectorCache.ts';
import { nodeFiles } from '../../src/io.ts';
import { temporaryFolders } from './support/folders.ts';
import { quietIo } from './support/quietIo.ts';

const vector = (...numbers: number[]) => Float32Array.from(numbers);

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
