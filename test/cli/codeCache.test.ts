import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { loadCompiled } from '../../src/cli/codeCache.ts';

const source = `
  const { join } = require('node:path');
  exports.where = () => [join(__dirname, 'program.cjs') === __filename, module.exports === exports];
  exports.later = () => __import('node:os');
  exports.beside = () => __import('./beside.mjs');
`;

interface Loaded {
  where(): boolean[];
  later(): Promise<{ EOL: string }>;
  beside(): Promise<{ name: string }>;
}

describe('the compiled code of the program', () => {
  let folder = '';
  let path = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'caducus-code-'));
    path = join(folder, 'program.cjs');
    writeFileSync(path, source);
    writeFileSync(join(folder, 'beside.mjs'), "export const name = 'beside';");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const kept = () => readdirSync(folder).filter((name) => name.endsWith('.code'));
  const start = (version = 'a') => {
    const { exports, ...rest } = loadCompiled(path, version, (specifier) => import(new URL(specifier, pathToFileURL(path)).href));
    return { ...rest, exports: exports as Loaded };
  };

  it('is kept by the first start and used by the next, which does the same', async () => {
    const first = start();
    expect(first.cached).to.equal(false);
    first.keep();
    const second = start();
    expect(second.cached).to.equal(true);
    for (const { exports } of [first, second]) {
      expect(exports.where()).to.deep.equal([true, true]);
      expect(await exports.later()).to.have.property('EOL');
      expect(await exports.beside()).to.include({ name: 'beside' });
    }
  });

  it('is another one for another version, even where the text is as long', () => {
    start('a').keep();
    expect(start('b').cached).to.equal(false);
    start('b').keep();
    expect(kept()).to.have.members(['program.cjs.a.code', 'program.cjs.b.code']);
  });

  it('is made anew where it is damaged or cut short', () => {
    start().keep();
    const code = join(folder, kept()[0]!);
    const whole = readFileSync(code);
    for (const damage of [
      () => writeFileSync(code, whole.subarray(0, 100)),
      () => writeFileSync(code, ''),
      () => appendFileSync(code, 'x'),
    ]) {
      damage();
      const damaged = start();
      expect(damaged.exports.where()).to.deep.equal([true, true]);
      damaged.keep();
      expect(start().cached).to.equal(true);
    }
  });

  it('leaves nothing behind where it cannot be kept, and no start fails for it', () => {
    const loaded = start();
    rmSync(folder, { recursive: true });
    expect(() => loaded.keep()).to.not.throw();
    expect(loaded.exports.where()).to.deep.equal([true, true]);
  });

  it('is not written again while it is in use', () => {
    start().keep();
    const { cached, keep } = start();
    rmSync(join(folder, kept()[0]!));
    keep();
    expect([cached, kept()]).to.deep.equal([true, []]);
  });
});
