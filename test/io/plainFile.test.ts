import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readPlainSync, statPlainSync } from '../../src/io/plainFile.ts';
import { temporaryFolder } from '../support/storeFixture.ts';

describe('a plain file, at once', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder(), name);

  it('is read whole, whatever its length', () => {
    for (const length of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
      const text = `é${'x'.repeat(length)}`;
      writeFileSync(at('file'), text);
      expect(readPlainSync(at('file')) === text, String(length)).to.equal(true);
      expect(statPlainSync(at('file'))!.size).to.equal(Buffer.byteLength(text));
    }
  });

  it('is no folder, no link, no pipe that nobody writes to, and nothing that is not there', () => {
    mkdirSync(at('folder'));
    writeFileSync(at('file'), 'x');
    symlinkSync(at('file'), at('link'));
    execFileSync('mkfifo', [at('pipe')]);
    for (const name of ['folder', 'link', 'pipe', 'nothing', 'file/below'])
      expect([name, readPlainSync(at(name)), statPlainSync(at(name))]).to.deep.equal([name, null, null]);
  });
});
