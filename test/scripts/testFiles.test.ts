import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findTests, pickTests, slow, thorough } from '../../scripts/testFiles.ts';

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
    const first = [...slow, ...thorough];
    expect(files.slice(0, first.length)).to.deep.equal(first);
    expect(new Set(first).size).to.equal(first.length);
    for (const path of first) expect(existsSync(path), path).to.equal(true);
  });

  it('are run by one extent or another, none twice by those that CI starts', () => {
    expect([...pickTests('.', '--ci'), ...pickTests('.', '--slow')].toSorted()).to.deep.equal(files.toSorted());
    expect(pickTests('.', '--all')).to.deep.equal(files);
    const quick = new Set(pickTests('.', null));
    expect(new Set(pickTests('.', '--ci').filter((path) => !quick.has(path)))).to.deep.equal(thorough);
  });

  it('are all run where the work is taken over', () => {
    expect(readFileSync('.ci/run', 'utf8')).to.match(/^npm test -- --ci --no-parallel$/m);
    expect(readFileSync('.github/workflows/ci.yml', 'utf8')).to.contain('- run: npm test -- --slow\n');
  });
});
