import { expect } from 'chai';
import { sampleRecords } from '../../../src/sources/file/sampleRecords.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';

const line = (n: number) => `${new Date(1.7e12 + n * 1000).toISOString()} INFO svc: request ${n} ${'x'.repeat(60)}\n`;
const sample = async (lines: number, { gzip = false, format = 'lines' as const } = {}) => {
  const files = memoryFiles();
  const bytes = Buffer.from(Array.from({ length: lines }, (_, n) => line(n)).join(''));
  await (await files.open('/in.log', 'w')).write(bytes);
  return sampleRecords(files, { path: '/in.log', size: bytes.length, gzip, modified: 1.8e12 }, format);
};

describe('samples of a file', () => {
  it('are whole records, in their order, from places up to its end', async () => {
    const samples = await sample(20_000);
    expect(samples).to.have.length(4);
    for (const records of samples) {
      expect(records.length).to.be.greaterThan(300);
      expect(records.every(({ kind }) => kind === 'event')).to.equal(true);
      for (const [i, { time }] of records.entries()) if (i > 0) expect(time - records[i - 1]!.time).to.equal(1000);
    }
    expect(samples.at(-1)!.at(-1)!.time).to.be.closeTo(1.7e12 + 19_999_000, 3000);
  });

  it('are none of what is short or compressed: it is looked at as it is read', async () => {
    expect(await sample(1000)).to.deep.equal([]);
    expect(await sample(20_000, { gzip: true })).to.deep.equal([]);
  });
});
