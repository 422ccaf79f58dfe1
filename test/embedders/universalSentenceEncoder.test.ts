import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Flow } from '../../operators/kernel.ts';
import { memory } from '../../operators/memory.ts';
import { cachedEmbedder } from '../../src/embedders/cachedEmbedder.ts';
import type { Embedder } from '../../src/embedders/embedder.ts';
import { textVectors } from '../../src/embedders/textVectors.ts';
import { universalSentenceEncoder } from '../../src/embedders/universalSentenceEncoder.ts';
import { openVectorCache } from '../../src/embedders/vectorCache.ts';
import { CaducusError } from '../../src/errors.ts';
import { isoOf, type Event } from '../../src/event.ts';
import { cosine } from '../../src/memory/lexical.ts';
import type { BlipSignal } from '../../src/signal.ts';
import { fileServer, type FileServer } from './support/fileServer.ts';
import { temporaryFolders } from './support/folders.ts';
import { quietIo } from './support/quietIo.ts';
import { tinyModel, writeTinyModel } from './support/tinyModel.ts';

const lines = [
  'disk full', 'volume full', 'disk full', 'drive full', 'login failed', 'password failed', 'connection refused', 'peer refused',
  'socket refused', 'disk exhausted',
];

/** Topics the memory operator makes of the lines with that embedder's vectors: id and count of each. */
async function topicsOf(embedder: Embedder): Promise<[id: string, count: number][]> {
  const machine = memory.spec.machine(memory.spec.options.parse({ embedder: embedder.name, similarityThreshold: 0.9, early: 0 }));
  const state = machine.start('g');
  const base = { time: 0, key: 'g' };
  for (const [at, text] of lines.entries()) {
    const event: Event = { id: String(at), timestamp: isoOf(at), source: 's', group_id: 'g', text, metadata: {} };
    machine.step(state, { ...base, kind: 'event', event } as Flow, () => {});
  }
  const wanted = machine.wants!(state, null);
  const vectors = textVectors(wanted, await embedder.embed(wanted), embedder);
  machine.step(state, { ...base, kind: 'vectors', vectors } as Flow, () => {});
  const topics: [string, number][] = [];
  machine.end!(state, (signal) => {
    if (signal.kind === 'blip') topics.push([(signal as BlipSignal).blip.topic_id, (signal as BlipSignal).blip.count]);
  });
  return topics;
}

describe('universal sentence encoder', () => {
  const folderOf = temporaryFolders();
  const opened: Embedder[] = [];
  const warnings: string[] = [];
  let folder: string;
  /** One thread for the tests that only ask; starting one takes a second. */
  let wasm: Embedder;
  before(async () => {
    folder = await writeTinyModel(await folderOf());
    const context = { io: quietIo(), cacheDir: await folderOf(), warn: () => {} };
    wasm = await universalSentenceEncoder.open({ model: folder, verify: false, backend: 'wasm', batchSize: 8 }, context);
  });
  after(() => wasm.close());
  let mirror: FileServer | undefined;
  afterEach(() => Promise.all(opened.splice(0).map((embedder) => embedder.close())));
  afterEach(async () => {
    await mirror?.close();
    mirror = undefined;
  });

  const open = async (options: Parameters<typeof universalSentenceEncoder.open>[0] = {}) => {
    warnings.length = 0;
    const context = { io: quietIo(), cacheDir: await folderOf(), warn: (message: string) => void warnings.push(message) };
    const embedder = await universalSentenceEncoder.open({ model: folder, verify: false, backend: 'wasm', ...options }, context);
    opened.push(embedder);
    return embedder;
  };
  const failure = (promise: Promise<unknown>): Promise<CaducusError> =>
    promise.then(
      () => expect.fail('it was expected to reject'),
      (error: unknown) => (expect(error).to.be.instanceOf(CaducusError), error as CaducusError),
    );

  it('makes the same topics on wasm and on cpu, from a model in a folder', async () => {
    const cpu = await open({ backend: 'cpu' });
    const topics = await topicsOf(wasm);
    expect(topics.reduce((sum, [, count]) => sum + count, 0)).to.equal(lines.length);
    expect(topics.length).to.be.within(3, lines.length - 1);
    expect(await topicsOf(cpu)).to.deep.equal(topics);
    expect(cpu.model).to.equal(wasm.model);
    expect(warnings.join()).to.include('cpu backend');
  });

  it('makes the same topics on tfjs-node', async function () {
    const node = await open({ backend: 'tfjs-node' }).catch((error: unknown) => {
      expect(error).to.be.instanceOf(CaducusError).with.property('code', 'CAD084');
      this.test!.title += ' (skipped: @tensorflow/tfjs-node is not installed or does not load here)';
      return null;
    });
    if (!node) return this.skip();
    expect(await topicsOf(node)).to.deep.equal(await topicsOf(wasm));
  });

  it('takes the first backend that works', async () => {
    const embedder = await open({ backend: 'auto' });
    expect((await embedder.embed(['disk full'])).fallback).to.deep.equal([false]);
    expect(warnings.join()).to.not.include('cpu backend');
  });

  it('knows words of one meaning, and gives every text its own row in the order asked', async () => {
    const texts = [...Array.from({ length: 20 }, (_, n) => `peer refused ${'x'.repeat(20 - n)}`), 'disk full', 'volume exhausted', 'login wrong'];
    const { vectors } = await wasm.embed(texts);
    const { vectors: reversed } = await wasm.embed([...texts].reverse());
    for (const [at, vector] of vectors.entries()) expect(cosine(vector, reversed[texts.length - 1 - at]!)).to.be.closeTo(1, 1e-5);
    expect(cosine(vectors[20]!, vectors[21]!)).to.be.closeTo(1, 1e-5);
    expect(cosine(vectors[20]!, vectors[22]!)).to.be.below(0.2);
    expect(wasm.dimension).to.equal(512);
  });

  it('is not shifted by empty texts, odd alphabets or very long ones', async () => {
    const before = { ...wasm.counters };
    const { vectors } = await wasm.embed(['disk full', '', 'login failed', ' \u00a0', '磁盘 💥\u0000', `socket ${'z'.repeat(100_000)}`]);
    expect(cosine(vectors[0]!, (await wasm.embed(['disk full'])).vectors[0]!)).to.be.closeTo(1, 1e-5);
    expect(cosine(vectors[2]!, (await wasm.embed(['login failed'])).vectors[0]!)).to.be.closeTo(1, 1e-5);
    expect(vectors[1]).to.deep.equal(new Float32Array(512));
    expect(wasm.counters).to.include({ blank: before.blank + 2, embedded: before.embedded + 6, failures: 0, fallbacks: 0 });
  });

  it('answers from its cache without encoding again, in a later run too', async () => {
    const context = { io: quietIo(), cacheDir: await folderOf() };
    const run = async () => cachedEmbedder(wasm, await openVectorCache({ ...context, model: wasm.model }), context);
    const one = await (await run()).embed(['disk full', 'login failed']);
    const { embedded } = wasm.counters;
    expect(await (await run()).embed(['login failed', 'disk full'])).to.deep.equal({ vectors: [...one.vectors].reverse(), fallback: [false, false] });
    expect(wasm.counters.embedded).to.equal(embedded);
  });

  it('stands in with lexical vectors when its thread has died, and starts a new one after its rest', async () => {
    const io = quietIo();
    const embedder = await universalSentenceEncoder.open({ model: folder, verify: false, backend: 'wasm' }, { io, cacheDir: '', warn: () => {} });
    opened.push(embedder);
    const [before] = (await embedder.embed(['disk full'])).vectors;
    const broken = embedder.embed(['login failed']);
    await embedder.close();
    expect((await broken).fallback).to.deep.equal([true]);
    expect(embedder.ready()).to.equal(false);
    io.advance(30_000);
    expect(await embedder.embed(['disk full'])).to.deep.equal({ vectors: [before], fallback: [false] });
  });

  it('keeps no process alive that has forgotten to close it, and prints nothing on its output', async () => {
    const script = new URL('./support/embedAndLeave.ts', import.meta.url);
    const { stdout } = await promisify(execFile)(process.execPath, ['--import=tsx', fileURLToPath(script), folder], { timeout: 15_000 });
    expect(stdout).to.equal('wanted 1, fallbacks 0\n');
  });

  it('says before any stream starts that there is no model, and how to get it', async () => {
    const error = await failure(open({ model: undefined, verify: true }));
    expect(error.code).to.equal('CAD080');
    expect(error.hint).to.include('caducus model fetch');
  });

  it('refuses a model that is not the published one, unless told not to look', async () => {
    expect((await failure(open({ verify: true }))).code).to.equal('CAD082');
  });

  it('refuses a vocabulary the tokenizer would never come back from', async () => {
    const bad = await writeTinyModel(await folderOf());
    const pieces = ['', 'a', 'b', 'c', 'd', 'e', 'f'].map((piece) => [piece, 0]);
    await writeFile(join(bad, 'vocab.json'), JSON.stringify(pieces));
    expect((await failure(open({ model: bad }))).code).to.equal('CAD082');
  });

  it('fetches a model from a mirror once', async () => {
    mirror = await fileServer(tinyModel());
    const context = { io: quietIo({ longest: 1000 }), cacheDir: await folderOf(), warn: () => {} };
    for (const asked of [4, 4]) {
      const embedder = await universalSentenceEncoder.open({ model: mirror.url, verify: false, backend: 'wasm' }, context);
      opened.push(embedder);
      expect(mirror.asked).to.have.length(asked);
    }
  });

  it('says which backend is missing when it was asked for by name', async () => {
    const bad = await writeTinyModel(await folderOf());
    const text = new TextDecoder().decode(tinyModel().get('model.json')).replace('"SparseToDense"', '"NoSuchOperation"');
    await writeFile(join(bad, 'model.json'), text);
    const error = await failure(open({ model: bad, backend: 'auto' }));
    expect(error.code).to.equal('CAD084');
    expect(error.what).to.include('backend wasm').and.include('backend cpu').and.include('NoSuchOperation');
  });
});
