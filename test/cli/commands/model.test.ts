import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { temporaryFolders } from '../../embedders/support/folders.ts';
import { fileServer, type FileServer } from '../../embedders/support/fileServer.ts';
import { quietIo } from '../../embedders/support/quietIo.ts';
import { tinyModel, writeTinyModel } from '../../embedders/support/tinyModel.ts';
import { capturedScreen } from '../../support/testIo.ts';

describe('caducus model', () => {
  const folderOf = temporaryFolders();
  const files = tinyModel();
  let mirror: FileServer;
  let cache: string;
  before(async () => {
    mirror = await fileServer(files);
  });
  after(() => mirror.close());
  beforeEach(async () => {
    cache = await folderOf();
    mirror.asked.length = 0;
  });

  /** Runs a command line in this process; pauses between attempts take no time. */
  async function caducus(...args: string[]) {
    const io = Object.assign(quietIo({ env: { HOME: '/nonexistent', CADUCUS_CACHE_DIR: cache } }), {
      stdout: capturedScreen(),
      stderr: capturedScreen(),
    });
    const exit = await main(['model', ...args], '0.0.0-test', io);
    return { exit, out: io.stdout.text, err: io.stderr.text };
  }
  const folder = () => join(cache, 'models', 'universal-sentence-encoder-lite-1');

  it('path prints the folder, and says how to fill it while it is empty', async () => {
    expect(await caducus('path')).to.deep.equal({ exit: 0, out: `${folder()}\n`, err: 'There is no model yet.  caducus model fetch\n' });
    expect(JSON.parse((await caducus('path', '--json')).out)).to.deep.equal({ folder: folder(), there: false, schema: 1 });
  });

  it('fetch brings every file and tells of each', async () => {
    const { exit, out, err } = await caducus('fetch', '--from', mirror.url, '--unchecked');
    expect(exit).to.equal(0);
    expect(out.trimEnd().split('\n').at(-1)).to.match(/^4 files, .+: whole$/);
    for (const name of files.keys()) expect(err).to.include(name);
    expect((await readdir(folder())).toSorted()).to.deep.equal([...files.keys()].toSorted());
    expect(await caducus('path')).to.include({ err: '' });
  });

  it('fetch goes on after a failure on the way, and says it', async () => {
    mirror.faults.set('vocab.json', [{ status: 503 }]);
    const { exit, err } = await caducus('fetch', '--from', mirror.url, '--unchecked');
    expect(exit).to.equal(0);
    expect(err).to.match(/vocab\.json: .*503.*; trying again/);
  });

  it('fetch refuses what is not the published model: exit 74, and nothing that could be taken for one', async () => {
    const { exit, err } = await caducus('fetch', '--from', mirror.url);
    expect(exit).to.equal(74);
    expect(err).to.include('CAD083').and.include('model.json').and.include('blob id');
    expect(await readdir(folder())).to.not.include('model.json');
  });

  it('fetch refuses an address that is none: exit 78', async () => {
    const { exit, err } = await caducus('fetch', '--from', 'ftp://x');
    expect(exit).to.equal(78);
    expect(err).to.include('CAD013');
  });

  it('verify tells missing, damaged and whole apart by its exit code', async () => {
    expect(await caducus('verify')).to.include({ exit: 1 });
    const own = await writeTinyModel(await folderOf());
    expect((await caducus('verify', '--folder', own)).out).to.match(/model\.json .* damaged\n[^]*Not whole/);
    const { exit, out } = await caducus('verify', '--folder', own, '--unchecked', '--json');
    expect(exit).to.equal(0);
    expect(JSON.parse(out)).to.deep.include({ folder: own, good: true });
    const vocabulary = await readFile(join(own, 'model.json'), 'utf8');
    await writeFile(join(own, 'model.json'), vocabulary.slice(0, -1));
    expect(await caducus('verify', '--folder', own, '--unchecked')).to.include({ exit: 1 });
  });

  it('stands in the list of embedders', async () => {
    const io = Object.assign(quietIo({ env: { HOME: '/nonexistent' } }), { stdout: capturedScreen(), stderr: capturedScreen() });
    expect(await main(['list', 'embedders', '--json'], '0.0.0-test', io)).to.equal(0);
    const { embedders } = JSON.parse(io.stdout.text) as { embedders: { name: string; options: { name: string }[] }[] };
    expect(embedders.map(({ name }) => name)).to.deep.equal(['lexical', 'universal-sentence-encoder', 'http']);
    expect(embedders[2]!.options.map(({ name }) => name)).to.include('batch_size');
  });
});
