import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeFolder, makeFolderSync } from '../../src/io/makeFolder.ts';

const codeOf = (work: Promise<void>): Promise<string | undefined> =>
  work.then(
    () => 'made',
    (error: NodeJS.ErrnoException) => error.code,
  );
const both = [
  ['makeFolder', makeFolder],
  ['makeFolderSync', async (path: string, mode: number) => makeFolderSync(path, mode)],
] as const;

for (const [name, make] of both) {
  describe(name, () => {
    let root: string;
    beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'caducus-folder-'))));
    afterEach(() => rm(root, { recursive: true }));

    it('makes what is missing above a folder, with the mode that is asked for', async () => {
      await make(join(root, 'a/b/c'), 0o700);
      for (const path of ['a', 'a/b', 'a/b/c']) expect((await stat(join(root, path))).mode & 0o777).to.equal(0o700);
    });

    it('is content with a folder that is there, through a link too, and with several that make it at a time', async () => {
      await symlink(root, join(root, 'link'));
      expect(await codeOf(make(join(root, 'link'), 0o700))).to.equal('made');
      const all = await Promise.all(Array.from({ length: 8 }, () => codeOf(make(join(root, 'x/y/z'), 0o700))));
      expect(new Set(all)).to.deep.equal(new Set(['made']));
    });

    it('says why it cannot, where a file stands in its place', async () => {
      await writeFile(join(root, 'file'), '');
      expect(await codeOf(make(join(root, 'file/below'), 0o700))).to.be.oneOf(['ENOTDIR', 'EEXIST']);
    });

    it('ends where the system makes no folders at all', async function () {
      if (!existsSync('/proc/self')) this.skip();
      expect(await codeOf(make('/proc/nope/below', 0o700))).to.equal('ENOENT');
    }).timeout(2000);
  });
}
