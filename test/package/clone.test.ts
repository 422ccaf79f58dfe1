import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';

const own = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string;
  scripts: Record<string, string>;
  bin: { caducus: string };
};

describe('a fresh clone', function () {
  this.timeout(60_000);
  let clone = '';
  const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: clone, encoding: 'utf8' });

  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), 'caducus-clone-'));
    for (const name of ['src', 'operators', 'config', 'pipelines', 'scripts', 'package.json', 'tsconfig.json'])
      cpSync(name, join(clone, name), { recursive: true });
  });
  afterEach(() => rmSync(clone, { recursive: true, force: true }));

  it('has its program after npm ci, so that npx caducus works without a build', () => {
    symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
    const [command, ...args] = own.scripts['prepare']!.split(' ');
    expect(command).to.equal('node');
    expect(run(...args)).to.include({ status: 0, stderr: '' });
    expect(run(own.bin.caducus, '--version').stdout).to.equal(`${own.version}\n`);
    expect(run(own.bin.caducus, 'validate', 'hdfs-radar').stdout).to.contain('ok: 1 source');
  });

  it('installs without its development packages too, and says that nothing is built', () => {
    const { status, stderr } = run('scripts/prepare.mjs');
    expect(status).to.equal(0);
    expect(stderr).to.equal('caducus: the program is not built: the development packages are not installed\n');
    expect(existsSync(join(clone, 'dist'))).to.equal(false);
  });

  it('installs with sources that cannot be built, and says so', () => {
    symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
    rmSync(join(clone, 'src/errors.ts'));
    const { status, stderr } = run('scripts/prepare.mjs');
    expect(status).to.equal(0);
    expect(stderr)
      .to.contain('Could not resolve')
      .and.to.match(/caducus: the program is not built: Build failed with \d+ errors?/);
  });
});
