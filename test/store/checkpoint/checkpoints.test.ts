import { expect } from 'chai';
import { CheckpointStore } from '../../../src/store/checkpoint/checkpoints.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';

const folder = '/s';

/** Writes checkpoints with the content 1, 2, 3, ..., each with a line of keys of its own. */
async function filled(files: MemoryFiles, many: number): Promise<CheckpointStore> {
  const store = new CheckpointStore(files, folder);
  const writer = await store.writer();
  for (let i = 1; i <= many; i += 1) {
    writer.begin();
    await writer.write([`key ${i}`]);
    await writer.finish(i);
  }
  return store;
}

describe('CheckpointStore', () => {
  it('gives the newest back, with its keys oldest first', async () => {
    const found = await (await filled(memoryFiles(), 2)).newest();
    expect(found).to.deep.include({ content: 2, lines: ['key 1', 'key 2'], bad: [] });
  });

  it('keeps three, and starts a chain of all keys every so often', async () => {
    const files = memoryFiles();
    const store = await filled(files, 30);
    expect((await store.list()).map(({ number }) => number)).to.deep.equal([28, 29, 30]);
    expect((await files.list(folder)).length).to.be.lessThan(20);
  });

  it('says which it had to pass over, and why', async () => {
    const files = memoryFiles();
    const store = await filled(files, 3);
    await (await files.open(`${folder}/checkpoint-00000003.json`, 'w')).write(Buffer.from('x'));
    const found = await store.newest();
    expect(found.checkpoint?.number).to.equal(2);
    expect(found.bad).to.deep.equal([{ path: `${folder}/checkpoint-00000003.json`, reason: 'torn: its end is missing' }]);
  });

  for (const [what, name, reason] of [
    ['content', 'checkpoint-00000003.json', 'its checksum does not fit'],
    ['keys', 'keys-00000003.ndjson', 'its checksum does not fit'],
  ] as const) {
    it(`passes over one whose ${what} changed by a byte and can still be read`, async () => {
      const files = memoryFiles();
      const store = await filled(files, 3);
      const path = `${folder}/${name}`;
      const text = await files.readText(path);
      const changed = what === 'keys' ? text.replace('key 3', 'key 4') : text.replace('"content":3', '"content":7');
      expect(changed).to.have.length(text.length).and.not.equal(text);
      await (await files.open(path, 'w')).write(Buffer.from(changed));
      const found = await store.newest();
      expect(found.checkpoint?.number).to.equal(2);
      expect(found.bad[0]!.reason).to.contain(reason);
    });
  }

  it('forces keys, content and name to disk, in this order, before it counts', async () => {
    const files = memoryFiles();
    const log: string[] = [];
    const open: MemoryFiles['open'] = async (path, flags) => {
      const file = await files.open(path, flags);
      return { ...file, sync: async () => (log.push(`sync ${path.replace(/\d+/, 'N')}`), file.sync()) };
    };
    const rename: MemoryFiles['rename'] = async (from, to) => (log.push('rename'), files.rename(from, to));
    const syncFolder: MemoryFiles['syncFolder'] = async (path) => (log.push(`sync folder ${path}`), files.syncFolder(path));
    await filled({ ...files, open, rename, syncFolder }, 1);
    expect(log).to.deep.equal(['sync /s/keys-N.ndjson', 'sync /s/checkpoint-N.json.tmp', 'rename', 'sync folder /s']);
  });

  it('passes over one that the caller cannot use', async () => {
    const store = await filled(memoryFiles(), 3);
    const found = await store.newest(async ({ content }) => (content === 3 ? 'not this' : null));
    expect(found.checkpoint?.number).to.equal(2);
  });

  it('passes over one that cannot be read at all', async () => {
    const files = memoryFiles();
    await filled(files, 2);
    const readText = async (path: string) => {
      if (path.endsWith('2.json')) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      return files.readText(path);
    };
    expect((await new CheckpointStore({ ...files, readText }, folder).newest()).checkpoint?.number).to.equal(1);
  });

  it('goes on numbering behind a broken one, and an unfinished one spoils nothing', async () => {
    const files = memoryFiles();
    const store = await filled(files, 2);
    const writer = await store.writer();
    writer.begin();
    await writer.write(['half']);
    await writer.abandon();
    expect((await store.newest()).checkpoint?.number).to.equal(2);
    const next = await store.writer();
    next.begin();
    await next.write(['whole']);
    expect((await next.finish('x')).number).to.equal(3);
    expect((await store.newest()) as { lines: string[] }).to.deep.include({ content: 'x', lines: ['whole'] });
  });

  it('clears everything it made', async () => {
    const files = memoryFiles();
    const store = await filled(files, 5);
    expect(await store.clear()).to.equal(3);
    expect(await files.list(folder)).to.deep.equal([]);
  });
});
