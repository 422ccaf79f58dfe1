import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findTests, slow } from '../../scripts/testFiles.ts';

describe('the files of a test run', () => {
  const files = findTests('.');

  it('are all that there are, each once', () => {
    const folders = ['test', ...readdirSync('packages').map((name) => join('packages', name, 'test'))];
    const there = folders
      .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
      .filter((path) => path.endsWith('.test.ts'));
    expect(files.toSorted()).to.deep.equal(there.toSorted());
  });

  it('begin with the longest, and what is left out is among them', () => {
    expect(files.slice(0, slow.size)).to.deep.equal([...slow]);
    for (const path of slow) expect(existsSync(path), path).to.equal(true);
  });

  it('are all run where the work is taken over', () => {
    expect(readFileSync('.ci/run', 'utf8')).to.match(/^npm test -- --no-parallel$/m);
    expect(readFileSync('.github/workflows/ci.yml', 'utf8')).to.contain('- run: npm test -- --slow\n');
  });
});
