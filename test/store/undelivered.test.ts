import { symlinkSync, writeFileSync, mkdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { nodeFiles, type Files } from '../../src/io.ts';
import type { Finding } from '../../src/signal.ts';
import { keepUndelivered, readUndelivered, type Undelivered } from '../../src/store/undelivered.ts';
import { memoryFiles } from '../support/memoryFiles.ts';
import { temporaryFolder } from '../support/testIo.ts';

const message = (minute: number, sink = 'pager'): Undelivered => ({
  at: new Date(Date.UTC(2026, 2, 14, 3, minute)).toISOString(),
  pipeline: 'orders',
  sink,
  why: 'HTTP 400',
  finding: { title: `finding ${minute}` } as Finding,
});
const titles = async (files: Files) => (await readUndelivered(files, '/d')).map(({ finding }) => finding.title);

describe('messages that were never delivered', () => {
  it('are none before the first', async () => {
    expect(await readUndelivered(memoryFiles(), '/d')).to.deep.equal([]);
  });

  it('are kept as they were given, in a file a sink', async () => {
    const files = memoryFiles();
    await keepUndelivered(files, '/d', message(1));
    expect(Object.keys(files.texts())).to.deep.equal(['/d/undelivered/orders.pager.ndjson']);
    const [kept] = await readUndelivered(files, '/d');
    expect(kept).to.deep.include(message(1));
  });

  it('are read oldest first, over all sinks', async () => {
    const files = memoryFiles();
    for (const [minute, sink] of [
      [3, 'pager'],
      [1, 'mail'],
      [2, 'pager'],
    ] as const)
      await keepUndelivered(files, '/d', message(minute, sink));
    expect(await titles(files)).to.deep.equal(['finding 1', 'finding 2', 'finding 3']);
  });

  it('are read past a torn line and past what is no message', async () => {
    const files = memoryFiles();
    await keepUndelivered(files, '/d', message(1));
    const file = await files.open('/d/undelivered/orders.pager.ndjson', 'a');
    await file.write(Buffer.from('{"at":"2026-03-1\nnull\n{"at":"x","why":"y","finding":{}}\n'));
    await keepUndelivered(files, '/d', message(2));
    await (await files.open('/d/undelivered/notes.txt', 'w')).write(Buffer.from(`${JSON.stringify(message(9))}\n`));
    expect(await titles(files)).to.deep.equal(['finding 1', 'finding 2']);
  });

  it('begin a new file past 16 MiB, which takes the place of the one before', async () => {
    const files = memoryFiles();
    for (const round of [1, 2, 3]) {
      await keepUndelivered(files, '/d', message(round));
      const file = await files.open('/d/undelivered/orders.pager.ndjson', 'a');
      // One torn line.
      await file.write(Buffer.alloc(16 * 2 ** 20, 'x'));
    }
    await keepUndelivered(files, '/d', message(4));
    expect(await files.list('/d/undelivered')).to.deep.equal(['orders.pager.1.ndjson', 'orders.pager.ndjson']);
    expect(await titles(files)).to.deep.equal(['finding 3', 'finding 4']);
  });

  it('are not written through a symbolic link', async () => {
    const folder = temporaryFolder();
    mkdirSync(folder.file('undelivered'));
    writeFileSync(folder.file('victim'), 'x');
    symlinkSync(folder.file('victim'), folder.file('undelivered/orders.pager.ndjson'));
    const failure = await keepUndelivered(nodeFiles, folder.path, message(1)).catch((error: Error) => error);
    expect(failure).to.include({ code: 'CAD011' });
    expect(readFileSync(folder.file('victim'), 'utf8')).to.equal('x');
  });
});
