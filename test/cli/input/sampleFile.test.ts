import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { headBytes, sampleBytes, sampleFile } from '../../../src/cli/input/sampleFile.ts';
import { nodeFiles } from '../../../src/io.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const line = (i: number) => `${String(i).padStart(9, '0')} ${'x'.repeat(89)}\n`;

describe('samples of a file', () => {
  const folder = temporaryFolder();
  const text = (lines: number) => Buffer.from(Array.from({ length: lines }, (_, i) => line(i)).join(''));
  const sample = async (name: string, bytes: Buffer, gzip = false) => {
    const path = folder.file(name);
    const written = gzip ? gzipSync(bytes) : bytes;
    writeFileSync(path, written);
    return sampleFile(nodeFiles, { path, size: written.length, gzip });
  };

  it('are all of a small one', async () => {
    const bytes = text(100);
    const { head, whole, later } = await sample('small.log', bytes);
    expect([whole, later.length, bytes.equals(head)]).to.deep.equal([true, 0, true]);
  });

  it('are the beginning, places between and the very end of a large one', async () => {
    const bytes = text(50_000);
    const { head, whole, later } = await sample('large.log', bytes);
    expect([whole, head.length, later.length]).to.deep.equal([false, headBytes, 4]);
    for (const { offset, bytes: piece } of later) expect(bytes.subarray(offset, offset + sampleBytes).equals(piece)).to.equal(true);
    expect(later.at(-1)!.offset + sampleBytes).to.equal(bytes.length);
  });

  it('are the beginning and the very end of a compressed one, in bytes as they are unpacked', async () => {
    const bytes = text(50_000);
    const { head, whole, later } = await sample('large.log.gz', bytes, true);
    expect([whole, head.length, later.length]).to.deep.equal([false, headBytes, 1]);
    expect(bytes.subarray(bytes.length - sampleBytes).equals(later[0]!.bytes)).to.equal(true);
    expect(later[0]!.offset).to.equal(bytes.length - sampleBytes);
  });
});
