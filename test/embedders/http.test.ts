import { expect } from 'chai';
import type { Embedder } from '../../src/embedders/embedder.ts';
import { http } from '../../src/embedders/http.ts';
import { CaducusError } from '../../src/errors.ts';
import type { Io } from '../../src/io.ts';
import { embedLexical } from '../../src/memory/text/lexical.ts';
import { bodyOf, localServer, sendJson, type LocalServer } from './support/localServer.ts';
import { quietIo, type QuietIo } from './support/quietIo.ts';

type Answer = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string; hang?: boolean };

/** What the model answers: a vector that depends on the text only. */
const vectorFor = (text: string, dimension: number) => Array.from({ length: dimension }, (_, at) => text.length + at);
const unit = (numbers: number[]) => {
  const norm = Math.hypot(...numbers);
  return Float32Array.from(numbers, (x) => x / norm);
};

describe('http embedder', () => {
  let server: LocalServer;
  let io: QuietIo;
  let embedder: Embedder;
  let warnings: string[];
  const requests: { path: string; authorization: string | undefined; body: { input: string[]; model: string } }[] = [];
  /** Answers that go wrong, oldest first; after them the endpoint is well. */
  const faults: (Answer | undefined)[] = [];

  before(async () => {
    server = await localServer(async (request, response) => {
      const body = JSON.parse(await bodyOf(request)) as { input: string[]; model: string };
      requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
      const fault = faults.shift();
      if (fault?.hang) return;
      if (fault?.text !== undefined) return void response.writeHead(fault.status ?? 200).end(fault.text);
      if (fault) return sendJson(response, fault.status ?? 200, fault.json ?? {}, fault.headers);
      // In reverse: servers promise an index, not an order.
      const data = body.input.map((text, index) => ({ object: 'embedding', index, embedding: vectorFor(text, 4) })).reverse();
      sendJson(response, 200, { object: 'list', data, model: body.model, usage: { total_tokens: 1 } });
    });
  });
  after(() => server.close());

  const open = async (more: Record<string, unknown> = {}, env: Io['env'] = {}) => {
    io = quietIo({ longest: 2_000, env });
    warnings = [];
    requests.length = 0;
    faults.length = 0;
    const context = { io, cacheDir: '/nowhere', warn: (message: string) => void warnings.push(message) };
    embedder = await http.open({ url: `${server.url}/v1/`, model: 'tiny', ...more }, context);
    return embedder;
  };

  it('asks in batches and gives the vectors back in order, of length one', async () => {
    await open({ batchSize: 2 });
    const texts = ['a', 'bb', 'ccc', 'dddd', 'eeeee'];
    const { vectors, fallback } = await embedder.embed(texts);
    expect(vectors).to.deep.equal(texts.map((text) => unit(vectorFor(text, 4))));
    expect(fallback).to.deep.equal(texts.map(() => false));
    expect(requests.map(({ body }) => body.input.length)).to.deep.equal([2, 2, 1]);
    expect(requests[0]).to.deep.include({ path: '/v1/embeddings', authorization: undefined });
    expect(embedder.dimension).to.equal(4);
  });

  it('never sends a blank text', async () => {
    await open();
    const { vectors } = await embedder.embed(['', 'a', '  \t']);
    expect(requests.map(({ body }) => body.input)).to.deep.equal([['a']]);
    expect(vectors[0]).to.deep.equal(new Float32Array(4));
    expect(embedder.counters).to.include({ asked: 3, embedded: 1, blank: 2 });
  });

  it('sends the key and prints it nowhere', async () => {
    await open({ apiKeyEnv: 'TEST_KEY', retries: 0 }, { TEST_KEY: 'sk-verysecret' });
    faults.push({ status: 401, json: { error: 'sk-verysecret is wrong' } });
    await embedder.embed(['a']);
    expect(requests[0]?.authorization).to.equal('Bearer sk-verysecret');
    expect(warnings.join()).to.include('401').and.not.include('verysecret');
  });

  it('refuses to open when the variable of the key is not set', async () => {
    const error = await open({ apiKeyEnv: 'TEST_KEY' }).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(CaducusError).with.property('code', 'CAD021');
  });

  it('waits as long as a 429 asks', async () => {
    await open();
    faults.push({ status: 429, headers: { 'retry-after': '2' } });
    expect((await embedder.embed(['a'])).fallback).to.deep.equal([false]);
    expect(io.pauses).to.deep.equal([2000]);
    expect(embedder.counters.failures).to.equal(1);
  });

  it('reads a Retry-After that is a date', async () => {
    await open();
    faults.push({ status: 503, headers: { 'retry-after': new Date(io.now() + 1000).toUTCString() } });
    await embedder.embed(['a']);
    expect(io.pauses).to.deep.equal([1000]);
  });

  it('does not hold the stream for a Retry-After beyond its patience, and leaves the endpoint alone so long', async () => {
    await open();
    faults.push({ status: 429, headers: { 'retry-after': '600' } });
    expect((await embedder.embed(['a'])).fallback).to.deep.equal([true]);
    io.advance(599_000);
    expect(embedder.ready()).to.equal(false);
    io.advance(1_000);
    expect(embedder.ready()).to.equal(true);
  });

  const passing: [title: string, fault: Answer][] = [
    ['a 500', { status: 500 }],
    ['garbage instead of JSON', { text: '<html>502 Bad Gateway</html>' }],
    ['JSON without vectors', { json: { data: 'none' } }],
    ['fewer vectors than texts', { json: { data: [] } }],
    ['an index twice', { json: { data: [0, 0].map((index) => ({ index, embedding: [1, 2, 3, 4] })) } }],
    ['a number that is none', { text: '{"data":[{"index":0,"embedding":[1e999,1,1,1]},{"index":1,"embedding":[1,1,1,1]}]}' }],
  ];
  for (const [title, fault] of passing)
    it(`tries again after ${title}`, async () => {
      await open();
      faults.push(fault);
      const { vectors, fallback } = await embedder.embed(['a', 'bb']);
      expect(fallback).to.deep.equal([false, false]);
      expect(vectors).to.deep.equal(['a', 'bb'].map((text) => unit(vectorFor(text, 4))));
      expect(embedder.counters).to.include({ failures: 1, embedded: 2, fallbacks: 0 });
    });

  it('gives up on a request that hangs, and lexical vectors stand in', async () => {
    await open({ timeout: '100ms', retries: 0 });
    faults.push({ hang: true });
    const { vectors, fallback } = await embedder.embed(['disk full']);
    expect(fallback).to.deep.equal([true]);
    expect(vectors[0]).to.deep.equal(embedLexical('disk full'));
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include('no answer within 100 ms').and.include('stands in');
  });

  it('refuses another dimension at once, since trying again would not mend it', async () => {
    await open({ dimension: 8 });
    const { fallback } = await embedder.embed(['a']);
    expect(fallback).to.deep.equal([true]);
    expect(requests).to.have.length(1);
    expect(warnings[0]).to.include('4 numbers instead of 8');
  });

  it('keeps what came before the failure', async () => {
    await open({ batchSize: 1, retries: 0 });
    await embedder.embed(['warm']);
    faults.push(undefined, { status: 400 });
    const { fallback } = await embedder.embed(['a', 'b', 'c']);
    expect(fallback).to.deep.equal([false, true, true]);
  });

  it('asks a dead endpoint once, and not at every batch, until its rest is over; then it heals and says so', async () => {
    await open({ retries: 0, rest: '30s' });
    faults.push({ status: 500 });
    await embedder.embed(['a']);
    await embedder.embed(['b']);
    expect(requests).to.have.length(1);
    io.advance(30_000);
    expect(embedder.ready()).to.equal(true);
    expect((await embedder.embed(['a', 'b'])).fallback).to.deep.equal([false, false]);
    expect(warnings.at(-1)).to.include('answers again');
    expect(embedder.counters).to.deep.include({ asked: 4, embedded: 2, fallbacks: 2, cached: 0, blank: 0, failures: 1 });
  });

  it('rests longer while it keeps failing', async () => {
    await open({ retries: 0, rest: '10s' });
    const rests: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      faults.push({ status: 500 });
      await embedder.embed(['a']);
      let rest = 0;
      for (; !embedder.ready(); rest += 1) io.advance(1000);
      rests.push(rest);
    }
    expect(rests).to.deep.equal([10, 20, 40, 80, 100, 100]);
  });

  it('cuts long texts', async () => {
    await open({ maxCharacters: 16 });
    await embedder.embed(['x'.repeat(1000)]);
    expect(requests[0]?.body.input).to.deep.equal(['x'.repeat(16)]);
  });

  it('names its space after the model, not the address', async () => {
    const one = (await open()).model;
    expect((await open({ url: 'http://127.0.0.1:1/v1' })).model).to.equal(one);
    expect((await open({ model: 'other' })).model).to.not.equal(one);
  });
});
