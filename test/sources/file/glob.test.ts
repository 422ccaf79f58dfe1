import { expect } from 'chai';
import fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { nodeFiles } from '../../../src/io.ts';
import { expandGlob, matchesName } from '../../../src/sources/file/glob.ts';
import { withFolder } from './fileRuns.ts';

describe('glob', () => {
  const folder = withFolder();

  it('matches names as a regular expression would', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(
        letters.map((text) => text.replaceAll(/[*?]/g, 'a')),
        letters,
        (name, pattern) => {
          const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')}$`);
          expect(matchesName(name, pattern)).to.equal(expression.test(name));
        },
      ),
    );
  });

  it('takes no longer than the length allows', () => {
    expect(matchesName('a'.repeat(20_000), `${'*a'.repeat(50)}b`)).to.equal(false);
  });

  it('finds files in folders, hidden ones only when asked for', async () => {
    mkdirSync(folder.at('x/y'), { recursive: true });
    for (const name of ['a.log', 'x/b.log', 'x/y/c.log', 'x/y/c.txt', '.hidden.log']) writeFileSync(folder.at(name), '');
    const found = async (pattern: string) =>
      (await expandGlob(nodeFiles, folder.at(pattern))).map((path) => path.slice(folder.at('x').length - 1)).toSorted();
    expect(await found('*.log')).to.deep.equal(['a.log']);
    expect(await found('**/*.log')).to.deep.equal(['a.log', 'x/b.log', 'x/y/c.log']);
    expect(await found('x/?/c.*')).to.deep.equal(['x/y/c.log', 'x/y/c.txt']);
    expect(await found('.*.log')).to.deep.equal(['.hidden.log']);
    expect(await found('x/**')).to.deep.equal(['x/b.log', 'x/y/c.log', 'x/y/c.txt']);
  });
});
