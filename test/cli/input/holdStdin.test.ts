import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { holdStdin } from '../../../src/cli/input/holdStdin.ts';
import { testIo } from '../../support/testIo.ts';

const parts = ['one\n', 'two\n', 'three\n'].map((text) => Buffer.from(text));

async function all(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('standard input that is held', () => {
  it('is all there, and begins anew', async () => {
    const held = await holdStdin(testIo({ stdin: parts }), new AbortController().signal);
    expect([held.ended, held.stopped, held.chunks.length]).to.deep.equal([true, false, 3]);
    expect(await all(held.io.stdin())).to.equal('one\ntwo\nthree\n');
  });

  it('is held up to a bound; what follows still comes, in order', async () => {
    const held = await holdStdin(testIo({ stdin: parts }), new AbortController().signal, { most: 5 });
    expect([held.ended, held.chunks.length]).to.deep.equal([false, 2]);
    expect(await all(held.io.stdin())).to.equal('one\ntwo\nthree\n');
  });

  it('is unpacked where it is gzip, and refused in one sentence where that is cut off', async () => {
    const packed = gzipSync('one\ntwo\n');
    const { signal } = new AbortController();
    const held = await holdStdin(testIo({ stdin: [packed.subarray(0, 1), packed.subarray(1)] }), signal);
    expect(await all(held.io.stdin())).to.equal('one\ntwo\n');
    const cut = await holdStdin(testIo({ stdin: [packed.subarray(0, 20)] }), signal).catch((error: unknown) => error);
    expect(cut).to.be.an('error').with.property('message').that.includes('cannot read standard input: damaged gzip data');
  });

  it('ends where somebody stops the program while a writer stays', async () => {
    const stop = new AbortController();
    async function* staying(): AsyncGenerator<Uint8Array> {
      yield parts[0]!;
      stop.abort();
      await new Promise(() => {});
    }
    const held = await holdStdin({ ...testIo({}), stdin: staying }, stop.signal);
    expect([held.ended, held.stopped]).to.deep.equal([true, true]);
    expect(await all(held.io.stdin())).to.equal('one\n');
  });
});
