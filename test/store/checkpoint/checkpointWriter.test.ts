import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { CheckpointHead } from '../../../src/store/checkpoint/checkpointFile.ts';
import { CheckpointWriter } from '../../../src/store/checkpoint/checkpointWriter.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';

async function writing({ keep = 2 } = {}) {
  const files = memoryFiles();
  await files.makeFolder('/s');
  return { files, writer: new CheckpointWriter(files, '/s', { fsync: false, kept: [], keep }) };
}
/** Takes a checkpoint of these lines. Returns whether it was asked for all keys. */
async function take(writer: CheckpointWriter, lines: readonly string[], content = 0): Promise<boolean> {
  const all = writer.begin();
  if (lines.length > 0) await writer.write(lines);
  await writer.finish(content);
  return all;
}
const headOf = (files: MemoryFiles, number: number) => {
  const [sum, body] = files.texts()[`/s/checkpoint-0000000${number}.json`]!.split('\n') as [string, string];
  expect(sum).to.equal(createHash('sha256').update(body).digest('hex'));
  return JSON.parse(body) as CheckpointHead;
};

describe('CheckpointWriter', () => {
  it('asks for all keys first, then for those that changed, named behind the older ones', async () => {
    const { files, writer } = await writing();
    expect(await take(writer, ['a', 'b'])).to.equal(true);
    expect(await take(writer, ['c'])).to.equal(false);
    expect(headOf(files, 2).parts).to.deep.equal([
      { file: 'keys-00000001.ndjson', bytes: 4, sum: createHash('sha256').update('a\nb\n').digest('hex') },
      { file: 'keys-00000002.ndjson', bytes: 2, sum: createHash('sha256').update('c\n').digest('hex') },
    ]);
  });

  it('asks for all again when those that changed have become more than all were, or when that is wanted', async () => {
    const { writer } = await writing();
    const asked = [await take(writer, ['a']), await take(writer, ['bcd']), await take(writer, ['e'])];
    expect(asked).to.deep.equal([true, false, true]);
    expect(writer.begin(true)).to.equal(true);
  });

  it('asks for all again after eight of changes', async () => {
    const { writer } = await writing();
    const asked: boolean[] = [];
    for (let i = 0; i < 11; i += 1) asked.push(await take(writer, [i === 0 ? 'x'.repeat(100) : 'y']));
    expect(asked.flatMap((all, i) => (all ? [i] : []))).to.deep.equal([0, 9]);
  });

  it('writes no file of keys when none changed', async () => {
    const { files, writer } = await writing();
    await take(writer, ['a']);
    await take(writer, [], 7);
    expect(Object.keys(files.texts())).to.not.include('/s/keys-00000002.ndjson');
    expect(headOf(files, 2)).to.deep.include({ content: 7 });
    expect(headOf(files, 2).parts).to.have.length(1);
  });

  it('keeps so many, and the keys that they name', async () => {
    const { files, writer } = await writing({ keep: 1 });
    for (const lines of [['aaaa'], ['b'], ['c']]) await take(writer, lines);
    expect(await files.list('/s')).to.deep.equal([
      'checkpoint-00000003.json',
      'keys-00000001.ndjson',
      'keys-00000002.ndjson',
      'keys-00000003.ndjson',
    ]);
    writer.begin(true);
    await writer.write(['d']);
    await writer.finish(0);
    expect(await files.list('/s')).to.deep.equal(['checkpoint-00000004.json', 'keys-00000004.ndjson']);
  });

  it('leaves the last one as it was when one is given up half-way, and lets its keys go with the next', async () => {
    const { files, writer } = await writing();
    await take(writer, ['a'], 1);
    writer.begin();
    await writer.write(['half']);
    await writer.abandon();
    await take(writer, ['b'], 3);
    expect(headOf(files, 3).parts.map(({ file }) => file)).to.deep.equal(['keys-00000001.ndjson', 'keys-00000003.ndjson']);
    expect(await files.list('/s')).to.not.include('keys-00000002.ndjson');
  });

  it('says how many bytes the checkpoint takes with all its keys', async () => {
    const { files, writer } = await writing();
    await take(writer, ['a']);
    writer.begin();
    await writer.write(['b']);
    const { bytes, number, path } = await writer.finish(0);
    expect([number, bytes]).to.deep.equal([2, files.texts()[path]!.length + 4]);
  });
});
