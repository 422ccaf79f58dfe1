import { lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { nodeFiles, replaceFile, thisProcess, writeAll, type OpenFile } from '../src/io.ts';
import { failingFiles } from './support/failingFiles.ts';
import { memoryFiles } from './support/memoryFiles.ts';
import { temporaryFolder } from './support/testIo.ts';

/** A file that takes no more than so many bytes at a time. */
function slowFile(most: number) {
  const bytes = Buffer.alloc(200);
  let end = 0;
  const write: OpenFile['write'] = async (given, position = end) => {
    const taken = Math.min(most, given.length);
    bytes.set(given.subarray(0, taken), position);
    end = position + taken;
    return taken;
  };
  return { file: { write } as OpenFile, text: (from: number) => bytes.subarray(from, end) };
}

describe('writeAll', () => {
  it('writes every byte, behind what there is or from a place on, however few a file takes at a time', async () => {
    const place = fc.option(fc.nat(50), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.integer({ min: 1, max: 30 }), place, async (bytes, most, at) => {
        const { file, text } = slowFile(most);
        await writeAll(file, bytes, at);
        expect(Buffer.compare(text(at ?? 0), bytes)).to.equal(0);
      }),
    );
  });

  it('fails where a file takes nothing any more', async () => {
    const failure = await writeAll(slowFile(0).file, Buffer.from('x')).catch((error: Error) => error);
    expect(failure).to.include({ code: 'EIO' });
  });
});

describe('replaceFile', () => {
  it('leaves the old file as it was when any step fails, and the new one when none does', async () => {
    for (let at = 1; ; at += 1) {
      const disk = memoryFiles();
      await replaceFile(disk, '/f', Buffer.from('old'));
      const { files, steps } = failingFiles(disk, at, { steps: ['open', 'write', 'sync', 'rename'] });
      const failed = await replaceFile(files, '/f', Buffer.from('newer')).then(
        () => false,
        () => true,
      );
      expect(disk.texts()['/f'], `step ${at}`).to.equal(failed ? 'old' : 'newer');
      if (!failed) {
        expect([at, steps()]).to.deep.equal([5, 4]);
        return;
      }
    }
  });

  it('is the new file after a power cut', async () => {
    const disk = memoryFiles();
    await replaceFile(disk, '/f', Buffer.from('old'));
    await replaceFile(disk, '/f', Buffer.from('new'));
    disk.cutPower(() => 0.9);
    expect(disk.texts()['/f']).to.equal('new');
  });

  it('writes through no link that lies where its temporary file goes', async () => {
    const folder = temporaryFolder();
    writeFileSync(folder.file('victim'), 'x');
    symlinkSync(folder.file('victim'), folder.file('f.tmp'));
    await replaceFile(nodeFiles, folder.file('f'), Buffer.from('new'));
    expect([readFileSync(folder.file('victim'), 'utf8'), readFileSync(folder.file('f'), 'utf8')]).to.deep.equal(['x', 'new']);
    expect(lstatSync(folder.file('f')).isSymbolicLink()).to.equal(false);
  });
});

describe('files of the system', () => {
  it('are null or none where nothing is, below a file too', async () => {
    const folder = temporaryFolder();
    writeFileSync(folder.file('f'), 'x');
    for (const path of [folder.file('none'), folder.file('f/below')]) {
      expect([await nodeFiles.stat(path), await nodeFiles.lstat(path), await nodeFiles.realPath(path)]).to.deep.equal([null, null, null]);
      expect([await nodeFiles.list(path), nodeFiles.readSync(path)]).to.deep.equal([[], null]);
    }
  });

  it('are only their owner’s when they are written at once', () => {
    const folder = temporaryFolder();
    nodeFiles.writeSync(folder.file('a/b'), 'text');
    expect(nodeFiles.readSync(folder.file('a/b'))).to.equal('text');
    expect(lstatSync(folder.file('a/b')).mode & 0o777).to.equal(0o600);
    expect(lstatSync(folder.file('a')).mode & 0o777).to.equal(0o700);
  });
});

describe('this process', () => {
  it('is alive, and a number that no process can have is not', () => {
    expect([thisProcess.isAlive(thisProcess.pid), thisProcess.isAlive(2 ** 30)]).to.deep.equal([true, false]);
  });
});
