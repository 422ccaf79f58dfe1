import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { readModel } from '../../../src/embedders/use/modelFiles.ts';
import { CaducusError } from '../../../src/errors.ts';
import { nodeFiles } from '../../../src/io.ts';
import { temporaryFolders } from '../support/folders.ts';
import { modelLike, publishedOf } from '../support/publishedFiles.ts';

describe('the files of a model', () => {
  const folderOf = temporaryFolders();
  const files = modelLike([500, 300]);
  const written = async (changes: Record<string, string | Uint8Array> = {}) => {
    const folder = await folderOf();
    for (const [name, bytes] of files) await writeFile(join(folder, name), changes[name] ?? bytes);
    return folder;
  };
  const read = (folder: string, published: Parameters<typeof readModel>[2] = null) => readModel({ files: nodeFiles }, folder, published);
  const failed = async (reading: Promise<unknown>) => {
    const error = await reading.then(
      () => expect.fail('it was read'),
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(CaducusError);
    return error as CaducusError;
  };

  it('are read with their shards joined in order', async () => {
    const { weights, vocabulary, manifest } = await read(await written(), await publishedOf(files));
    expect(Buffer.from(weights)).to.deep.equal(Buffer.concat(['group1-shard1of2', 'group1-shard2of2'].map((name) => files.get(name)!)));
    expect(vocabulary).to.equal(new TextDecoder().decode(files.get('vocab.json')));
    expect(manifest.weightsManifest).to.have.length(1);
  });

  it('have an id of their bytes, wherever they lie and whoever checked them', async () => {
    const { id } = await read(await written());
    expect((await read(await written(), await publishedOf(files))).id).to.equal(id);
    const shard = Uint8Array.from(files.get('group1-shard2of2')!);
    shard[7]! ^= 1;
    expect((await read(await written({ 'group1-shard2of2': shard }))).id).to.not.equal(id);
  });

  for (const name of files.keys())
    it(`are refused without ${name}, which is named`, async () => {
      const folder = await written();
      await rm(join(folder, name));
      expect(await failed(read(folder))).to.include({ code: 'CAD080', what: `${name} is missing` });
    });

  it('are refused where they are not what was published', async () => {
    const folder = await written({ 'vocab.json': '[]' });
    const error = await failed(read(folder, await publishedOf(files)));
    expect(error.code).to.equal('CAD082');
    expect(error.what).to.include('git blob id');
  });

  const damaged: [name: string, changes: Record<string, string | Uint8Array>, says: string][] = [
    ['a model.json that is no JSON', { 'model.json': '{' }, 'JSON'],
    ['a vocabulary that would never end', { 'vocab.json': '[]' }, 'not a vocabulary'],
    [
      'shards of another length than is said',
      { 'group1-shard1of2': new Uint8Array(499) },
      'its shards hold 799 bytes, model.json says 800',
    ],
  ];
  for (const [name, changes, says] of damaged)
    it(`are refused with ${name}, in a model nobody published`, async () => {
      const error = await failed(read(await written(changes)));
      expect(error.code).to.equal('CAD082');
      expect(error.what).to.include(says);
    });
});
