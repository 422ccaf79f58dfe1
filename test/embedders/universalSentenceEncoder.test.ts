import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { cachedEmbedder } from '../../src/embedders/cachedEmbedder.ts';
import type { Embedder } from '../../src/embedders/embedder.ts';
import { universalSentenceEncoder } from '../../src/embedders/universalSentenceEncoder.ts';
import { openVectorCache } from '../../src/embedders/vectorCache.ts';
import { CaducusError } from '../../src/errors.ts';
import { cosine } from '../../src/memory/text/lexical.ts';
import { minutesOf, vectorIo, vectorRun } from '../support/runs/vectorRun.ts';
import { fileServer, type FileServer } from './support/fileServer.ts';
import { temporaryFolders } from './support/folders.ts';
import { quietIo, type QuietIo } from './support/quietIo.ts';
import { tinyModel, writeTinyModel } from './support/tinyModel.ts';

const lines = [
  'disk full',
  'volume full',
  'disk full',
  'drive full',
  'login failed',
  'password failed',
  'connection refused',
  'peer refused',
  'socket refused',
  'disk exhausted',
];

/** Blips a pipeline gives whose memory has that backend; it starts a thread of its own. */
const blipsOn = async (backend: string, model: string, cacheDir: string) => {
  const embedder = `{ universal-sentence-encoder: { model: "${model}", verify: false, backend: ${backend}, similarity_threshold: 0.9 } }`;
  return vectorRun({ io: vectorIo(cacheDir), embedder, batches: [minutesOf([lines, [...lines].reverse()], ['a', 'b'])] });
};

describe('universal sentence encoder', () => {
  const folderOf = temporaryFolders();
  const opened: Embedder[] = [];
  const warnings: string[] = [];
  let folder: string;
  /** One thread for the tests that only ask; starting one takes a second. */
  let wasm: Embedder;
  let io: QuietIo;
  let mirror: FileServer;
  let cacheDir: string;
  before(async () => {
    folder = await writeTinyModel(await folderOf());
    mirror = await fileServer(tinyModel());
    cacheDir = await folderOf();
    io = quietIo({ longest: 1000 });
    wasm = await universalSentenceEncoder.open(
      { model: mirror.url, verify: false, backend: 'wasm', batchSize: 8 },
      { io, cacheDir, warn: (message) => void warnings.push(message) },
    );
  });
  after(() => Promise.all([wasm.close(), mirror.close()]));
  afterEach(() => Promise.all(opened.splice(0).map((embedder) => embedder.close())));

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

  it('gives a pipeline the same topics on wasm, from a mirror that was fetched once, as on cpu, from a folder', async () => {
    const [onWasm, onCpu] = await Promise.all([blipsOn('wasm', mirror.url, cacheDir), blipsOn('cpu', folder, await folderOf())]);
    expect(onWasm.blips.reduce((sum, { count }) => sum + count, 0)).to.equal(4 * lines.length);
    expect(onWasm.blips.length).to.be.within(4 * 3, 4 * (lines.length - 2));
    expect(onCpu.blips).to.deep.equal(onWasm.blips);
    expect(onCpu.report.embedders).to.deep.equal(onWasm.report.embedders);
    expect(onWasm.report.embedders![0]).to.include({ embedded: 9, fallbacks: 0, failures: 0, model: wasm.model });
    expect(mirror.asked).to.have.length(tinyModel().size);
  });

  it('makes the same vectors on tfjs-node', async function () {
    const node = isInstalled('@tensorflow/tfjs-node') ? await open({ backend: 'tfjs-node' }).catch(() => null) : null;
    if (!node) {
      this.test!.title += ' (skipped: @tensorflow/tfjs-node is not installed or does not load here)';
      return this.skip();
    }
    const { vectors } = await wasm.embed(lines);
    for (const [at, vector] of (await node.embed(lines)).vectors.entries()) expect(cosine(vector, vectors[at]!)).to.be.closeTo(1, 1e-4);
  });

  it('knows words of one meaning, and gives every text its own row in the order asked', async () => {
    const texts = [
      ...Array.from({ length: 20 }, (_, n) => `peer refused ${'x'.repeat(20 - n)}`),
      'disk full',
      'volume exhausted',
      'login wrong',
    ];
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
    expect(await (await run()).embed(['login failed', 'disk full'])).to.deep.equal({
      vectors: [...one.vectors].reverse(),
      fallback: [false, false],
    });
    expect(wasm.counters.embedded).to.equal(embedded);
  });

  it('stands in with lexical vectors when its thread has died, and starts a new one after its rest', async () => {
    const [before] = (await wasm.embed(['disk full'])).vectors;
    // More than it has done by the time it dies, however slow this side is.
    const many = Array.from({ length: 400 }, (_, i) => `login ${i} failed`);
    const broken = wasm.embed(many);
    await wasm.close();
    expect((await broken).fallback).to.deep.equal(many.map(() => true));
    expect(wasm.ready()).to.equal(false);
    io.advance(30_000);
    expect(await wasm.embed(['disk full'])).to.deep.equal({ vectors: [before], fallback: [false] });
  });

  it('takes the first backend that works, keeps no process alive that has forgotten to close it, and prints nothing', async () => {
    const script = new URL('./support/embedAndLeave.ts', import.meta.url);
    const { stdout } = await promisify(execFile)(process.execPath, ['--import=tsx', fileURLToPath(script), folder], { timeout: 15_000 });
    expect(stdout).to.equal('wanted 1, fallbacks 0, slow false\n');
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

  it('says which backend is missing when it was asked for by name', async () => {
    const bad = await writeTinyModel(await folderOf());
    const text = new TextDecoder().decode(tinyModel().get('model.json')).replace('"SparseToDense"', '"NoSuchOperation"');
    await writeFile(join(bad, 'model.json'), text);
    const error = await failure(open({ model: bad, backend: 'auto' }));
    expect(error.code).to.equal('CAD084');
    expect(error.what).to.include('backend wasm').and.include('backend cpu').and.include('NoSuchOperation');
  });
});

function isInstalled(name: string): boolean {
  try {
    return import.meta.resolve(name) !== '';
  } catch {
    return false;
  }
}
