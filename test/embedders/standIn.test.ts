import { expect } from 'chai';
import { withStandIn, type FallibleModel } from '../../src/embedders/standIn.ts';
import { embedLexical } from '../../src/memory/text/lexical.ts';
import { quietIo } from './support/quietIo.ts';

/** A model that answers with vectors of length one, or fails as told after so many of them. */
function modelOf() {
  const io = quietIo();
  const warnings: string[] = [];
  const asked: string[][] = [];
  const state: { fails: Error | null; after: number; vector: number[] } = { fails: null, after: 0, vector: [3, 4] };
  const model: FallibleModel = {
    name: 'test',
    model: 'm',
    dimension: 2,
    async embed(texts, give) {
      asked.push([...texts]);
      for (const at of texts.keys()) {
        if (state.fails && at >= state.after) throw state.fails;
        give(at, state.vector);
      }
    },
    close: async () => {},
  };
  const context = { io, cacheDir: '', warn: (message: string) => void warnings.push(message) };
  const embedder = withStandIn(model, context, { similarityThreshold: 0.5, rest: 1000 });
  return { io, warnings, asked, state, model, embedder };
}
const unit = Float32Array.from([0.6, 0.8]);

describe('a model with a stand-in', () => {
  it('answers with vectors of length one, in the order of the texts, and is never asked about blank ones', async () => {
    const { asked, embedder } = modelOf();
    const { vectors, fallback } = await embedder.embed(['a', ' \n', 'b']);
    expect(asked).to.deep.equal([['a', 'b']]);
    expect(vectors).to.deep.equal([unit, new Float32Array(2), unit]);
    expect(fallback).to.deep.equal([false, false, false]);
    expect(embedder.counters).to.include({ asked: 3, embedded: 2, blank: 1, fallbacks: 0, failures: 0 });
  });

  it('keeps what was given before it failed; lexical vectors stand in for the rest, marked as such', async () => {
    const { state, embedder } = modelOf();
    Object.assign(state, { fails: new Error('no'), after: 1 });
    const { vectors, fallback } = await embedder.embed(['a', 'disk full']);
    expect(vectors).to.deep.equal([unit, embedLexical('disk full')]);
    expect(fallback).to.deep.equal([false, true]);
    const { asked, embedded, cached, fallbacks, blank } = embedder.counters;
    expect(asked).to.equal(embedded + cached + fallbacks + blank);
  });

  it('is left alone for longer each time it fails, up to ten times as long, and says so', async () => {
    const { io, state, asked, embedder, warnings } = modelOf();
    state.fails = new Error('no');
    const rests: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      await embedder.embed(['a']);
      let rest = 0;
      for (; !embedder.ready(); rest += 1000) io.advance(1000);
      rests.push(rest / 1000);
    }
    expect(rests).to.deep.equal([1, 2, 4, 8, 10, 10]);
    expect(asked).to.have.length(6);
    expect(warnings[1]).to.match(/^embedder test: no; .* next try in 2 s$/);
  });

  it('is not asked while it rests, and the rest is that of the start once it has answered again', async () => {
    const { io, state, asked, embedder, warnings } = modelOf();
    state.fails = new Error('no');
    await embedder.embed(['a']);
    io.advance(999);
    expect((await embedder.embed(['a'])).fallback).to.deep.equal([true]);
    expect(asked).to.have.length(1);
    io.advance(1);
    state.fails = null;
    expect((await embedder.embed(['a'])).fallback).to.deep.equal([false]);
    expect(warnings.at(-1)).to.equal('embedder test answers again');
    state.fails = new Error('no');
    await embedder.embed(['a']);
    io.advance(1000);
    expect(embedder.ready()).to.equal(true);
  });

  it('is left alone for as long as it asks where that is longer', async () => {
    const { io, state, embedder } = modelOf();
    state.fails = Object.assign(new Error('busy'), { wait: 60_000 });
    await embedder.embed(['a']);
    io.advance(59_999);
    expect(embedder.ready()).to.equal(false);
    io.advance(1);
    expect(embedder.ready()).to.equal(true);
  });

  it('has failed when a vector holds what is no number', async () => {
    const { state, embedder } = modelOf();
    state.vector = [1, Number.NaN];
    expect((await embedder.embed(['a'])).fallback).to.deep.equal([true]);
    expect(embedder.counters).to.include({ embedded: 0, failures: 1 });
  });

  it('counts what was tried again with success, too', async () => {
    const { model, embedder } = modelOf();
    model.onRetry!();
    expect(embedder.counters.failures).to.equal(1);
  });
});
