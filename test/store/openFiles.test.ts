import { symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { nodeFiles, type Files } from '../../src/io.ts';
import { OpenFiles } from '../../src/store/openFiles.ts';
import { memoryFiles } from '../support/memoryFiles.ts';
import { temporaryFolder } from '../support/testIo.ts';

/** Files that tell what is opened, forced to disk and closed. */
function told(): { files: Files; told: string[] } {
  const files = memoryFiles();
  const said: string[] = [];
  const open: Files['open'] = async (path, flags) => {
    const file = await files.open(path, flags);
    said.push(`open ${path} ${flags}`);
    return { ...file, sync: async () => void said.push(`sync ${path}`), close: async () => void said.push(`close ${path}`) };
  };
  return { files: { ...files, open }, told: said };
}

describe('OpenFiles', () => {
  it('makes a file that is not there, and opens one that is', async () => {
    const { files, told: said } = told();
    const open = new OpenFiles(files, { limit: 2, durable: false });
    await open.get('/a');
    await open.close();
    await open.get('/a');
    expect(said).to.deep.equal(['open /a wx', 'close /a', 'open /a r+']);
  });

  it('gives a file that is open again, without opening it', async () => {
    const { files, told: said } = told();
    const open = new OpenFiles(files, { limit: 2, durable: false });
    expect(await open.get('/a')).to.equal(await open.get('/a'));
    expect(said).to.have.length(1);
  });

  it('closes the one that was not used for the longest when there are too many', async () => {
    const { files, told: said } = told();
    const open = new OpenFiles(files, { limit: 2, durable: false });
    for (const path of ['/a', '/b', '/a', '/c']) await open.get(path);
    expect(said.filter((one) => one.startsWith('close'))).to.deep.equal(['close /b']);
    expect(open.size).to.equal(2);
  });

  it('forces a file that was asked for since the last sync to disk before it closes it', async () => {
    const { files, told: said } = told();
    const open = new OpenFiles(files, { limit: 1, durable: true });
    await open.get('/a');
    await open.get('/b');
    await open.sync();
    await open.close();
    expect(said).to.deep.equal(['open /a wx', 'open /b wx', 'sync /a', 'close /a', 'sync /b', 'close /b']);
  });

  it('forces nothing to disk when that is not asked for', async () => {
    const { files, told: said } = told();
    const open = new OpenFiles(files, { limit: 1, durable: false });
    await open.get('/a');
    await open.sync();
    await open.close();
    expect(said).to.deep.equal(['open /a wx', 'close /a']);
  });

  it('opens no symbolic link', async () => {
    const folder = temporaryFolder();
    writeFileSync(folder.file('victim'), 'x');
    symlinkSync(folder.file('victim'), folder.file('link'));
    const open = new OpenFiles(nodeFiles, { limit: 1, durable: false });
    expect(await open.get(folder.file('link')).catch((error: Error) => error)).to.include({ code: 'CAD011' });
    expect(open.size).to.equal(0);
  });
});
