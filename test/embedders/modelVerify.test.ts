import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { modelVerify } from '../../src/embedders/modelVerify.ts';
import { readModel } from '../../src/embedders/use/modelFiles.ts';
import { nodeFiles } from '../../src/io.ts';
import { temporaryFolders } from './support/folders.ts';
import { modelLike, publishedOf } from './support/publishedFiles.ts';

describe('model verify', () => {
  const folderOf = temporaryFolders();
  const files = modelLike([5000, 3000]);
  const written = async () => {
    const folder = await folderOf();
    for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
    return folder;
  };

  for (const name of files.keys())
    it(`finds one flipped byte in ${name}, as reading does`, async () => {
      const folder = await written();
      const published = await publishedOf(files);
      expect((await modelVerify(nodeFiles, folder, published)).good).to.equal(true);
      const bytes = Uint8Array.from(files.get(name)!);
      bytes[bytes.length >> 1] = bytes[bytes.length >> 1]! ^ 1;
      await writeFile(join(folder, name), bytes);
      const report = await modelVerify(nodeFiles, folder, published);
      expect(report.good).to.equal(false);
      expect(report.files.find((file) => file.name === name)?.state).to.equal('damaged');
      const read = readModel({ files: nodeFiles }, folder, published);
      expect(await read.catch((error: unknown) => error)).to.include({ code: 'CAD082' });
    });

  it('names what is missing, and no shards where nothing names them', async () => {
    const report = await modelVerify(nodeFiles, await folderOf(), await publishedOf(files));
    expect(report.good).to.equal(false);
    expect(report.files.map(({ name, state }) => [name, state])).to.deep.equal([
      ['model.json', 'missing'],
      ['vocab.json', 'missing'],
    ]);
  });

  it('only looks whether all is there in a model nobody published', async () => {
    const folder = await written();
    expect((await modelVerify(nodeFiles, folder, null)).files.map(({ state }) => state)).to.deep.equal(
      Array.from({ length: 4 }, () => 'unchecked'),
    );
    await rm(join(folder, 'group1-shard2of2'));
    const report = await modelVerify(nodeFiles, folder, null);
    expect([report.good, report.files.at(-1)]).to.deep.equal([
      false,
      { name: 'group1-shard2of2', bytes: null, blobId: null, expected: null, state: 'missing' },
    ]);
  });

  it('calls a model.json damaged that cannot be read, or names more shards than were published', async () => {
    const folder = await written();
    const published = await publishedOf(files);
    const fewer = await modelVerify(nodeFiles, folder, { ...published, shards: published.shards.slice(1) });
    expect([fewer.good, fewer.files[0]!.state]).to.deep.equal([false, 'damaged']);
    await writeFile(join(folder, 'model.json'), '{');
    const unread = await modelVerify(nodeFiles, folder, null);
    expect(unread.files.map(({ name, state }) => [name, state])).to.deep.equal([
      ['model.json', 'damaged'],
      ['vocab.json', 'unchecked'],
    ]);
  });
});
