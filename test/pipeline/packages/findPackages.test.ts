import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { nodeFiles } from '../../../src/io.ts';
import { findPackages } from '../../../src/pipeline/packages/findPackages.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('packages that add to a pipeline file', () => {
  const folder = temporaryFolder();
  let n = 0;
  /** A new project with these packages, each with the text of its package.json. */
  function project(packages: Record<string, string | object>): string {
    const root = folder.file(`p${n++}/work/pipelines`);
    mkdirSync(root, { recursive: true });
    for (const [path, content] of Object.entries(packages)) {
      const file = folder.file(`p${n - 1}/${path}/package.json`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    }
    return root;
  }
  const found = async (...folders: string[]) =>
    (await findPackages(nodeFiles, folders)).map(({ name, sources, sinks }) => ({ name, sources, sinks }));
  const adds = (...sources: string[]) => ({ version: '1.0.0', caducus: { sources } });

  it('are found by their name in the folders above a file, with a scope and without', async () => {
    const root = project({
      'work/node_modules/caducus-one': { caducus: { sources: ['one'], sinks: ['one', 'two'] } },
      'node_modules/@shop/caducus-three': adds('three'),
    });
    expect(await found(root)).to.deep.equal([
      { name: 'caducus-one', sources: ['one'], sinks: ['one', 'two'] },
      { name: '@shop/caducus-three', sources: ['three'], sinks: [] },
    ]);
  });

  it('are not those of another name, those that say nothing, and what is no package', async () => {
    const root = project({
      'work/node_modules/caducus': adds('itself'),
      'work/node_modules/not-caducus-x': adds('x'),
      'work/node_modules/caducus-theme': { version: '1.0.0' },
      'work/node_modules/caducus-list': '[]',
    });
    mkdirSync(folder.file(`p${n - 1}/work/node_modules/caducus-empty`));
    expect(await found(root)).to.deep.equal([]);
  });

  it('are the nearest where there are two of a name, whatever the order of the folders above', async () => {
    const root = project({ 'work/node_modules/caducus-one': adds('near'), 'node_modules/caducus-one': adds('far') });
    const other = project({ 'work/node_modules/caducus-one': adds('other') });
    expect(await found(root, other)).to.deep.equal([{ name: 'caducus-one', sources: ['near'], sinks: [] }]);
    expect(await found(other, root)).to.deep.equal([{ name: 'caducus-one', sources: ['other'], sinks: [] }]);
  });

  it('are found behind links, as workspaces and other installers lay them', async () => {
    const root = project({ 'store/caducus-one': adds('one') });
    mkdirSync(folder.file(`p${n - 1}/node_modules`));
    symlinkSync(folder.file(`p${n - 1}/store/caducus-one`), folder.file(`p${n - 1}/node_modules/caducus-one`));
    expect(await found(root)).to.deep.equal([{ name: 'caducus-one', sources: ['one'], sinks: [] }]);
  });

  it('that are damaged are named with their file', async () => {
    for (const [content, what] of [
      ['{ "caducus": ', 'is no JSON'],
      [{ caducus: { sources: 'nats' } }, 'expected a list of names'],
      [{ caducus: { sinks: [1] } }, 'expected a list of names'],
    ] as const) {
      const root = project({ 'node_modules/caducus-one': content });
      const error = await findPackages(nodeFiles, [root]).catch((e: unknown) => e);
      expect(error).to.have.property('code', 'CAD020');
      expect(String(error)).to.contain('caducus-one/package.json').and.to.contain(what);
    }
  });
});
