import { expect } from 'chai';
import { startEncoderThread } from '../../../src/embedders/use/encoderThread.ts';
import type { EncoderStart } from '../../../src/embedders/use/messages.ts';

/** A thread that runs this code; `port` and `start` are there. */
const threadOf = (code: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort as port, workerData as start } from 'node:worker_threads';\n${code}`)}`,
  );
const ready = `port.postMessage({ kind: 'ready', backend: 'cpu', dimension: start.weights.byteLength, warnings: [] });`;
/** Gives each text its length, and dies of the text `die`. */
const encode = `port.on('message', ({ id, texts }) => {
  if (texts[0] === 'die') process.exit(3);
  if (texts[0] === 'bad') return port.postMessage({ kind: 'error', id, reason: 'no such word' });
  port.postMessage({ kind: 'vectors', id, numbers: Float32Array.from(texts, (text) => text.length) });
});`;
const startOf = (): EncoderStart => ({
  manifest: { modelTopology: {}, weightsManifest: [] },
  weights: new ArrayBuffer(7),
  vocabulary: '[]',
  backends: ['cpu'],
  batchSize: 8,
});
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it was expected to reject'),
    (error: unknown) => error as Error & { code?: string },
  );

describe('the thread of an encoder', () => {
  it('is handed the weights, answers each question with its own, and says why it cannot', async () => {
    const start = startOf();
    const thread = await startEncoderThread(threadOf(ready + encode), start, () => {});
    expect(start.weights.byteLength).to.equal(0);
    expect(thread).to.include({ backend: 'cpu', dimension: 7, alive: true });
    const [a, b, bad] = await Promise.all([thread.encode(['x', 'xx']), thread.encode(['xxx']), failure(thread.encode(['bad']))]);
    expect([[...a], [...b], bad.message]).to.deep.equal([[1, 2], [3], 'no such word']);
    await thread.close();
    expect(thread.alive).to.equal(false);
    expect((await failure(thread.encode(['x']))).message).to.equal("the encoder's thread has ended");
  });

  it('that dies takes no question with it unanswered', async () => {
    const thread = await startEncoderThread(threadOf(ready + encode), startOf(), () => {});
    expect((await failure(thread.encode(['die']))).message).to.equal("the encoder's thread ended with code 3");
    expect(thread.alive).to.equal(false);
  });

  const failures: [name: string, code: string, error: string, says: string][] = [
    ['says what is missing', `port.postMessage({ kind: 'failed', code: 'CAD081', reason: 'no package' })`, 'CAD081', 'no package'],
    ['throws', `throw new Error('out of memory')`, 'CAD084', 'out of memory'],
    ['ends before it is ready', `process.exit(4)`, 'CAD084', 'ended with code 4'],
  ];
  for (const [name, code, error, says] of failures)
    it(`cannot start where it ${name}`, async () => {
      const failed = await failure(startEncoderThread(threadOf(code), startOf(), () => {}));
      expect(failed.code).to.equal(error);
      expect(failed.message).to.include(says);
    });

  it('has what it prints handed on line by line, each line once, and no more than fifty', async () => {
    const say = `for (const text of [' one\\n\\none \\ntwo', ...Array.from({ length: 99 }, (_, n) => 'line ' + n)]) port.postMessage({ kind: 'printed', text });`;
    const lines: string[] = [];
    const thread = await startEncoderThread(threadOf(say + ready), startOf(), (line) => void lines.push(line));
    await thread.close();
    expect(lines.slice(0, 3)).to.deep.equal(['one', 'two', 'line 0']);
    expect(lines).to.have.length(50);
  });
});
