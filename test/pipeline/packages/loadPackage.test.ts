import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { CaducusError } from '../../../src/errors.ts';
import type { FoundPackage } from '../../../src/pipeline/packages/findPackages.ts';
import { loadPackage } from '../../../src/pipeline/packages/loadPackage.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('a package', () => {
  const folder = temporaryFolder();
  let n = 0;
  /** A package in a project of its own. */
  function installed(text: string, manifest: object = {}) {
    const from = folder.file(`p${n++}`);
    const home = `${from}/node_modules/caducus-one`;
    mkdirSync(home, { recursive: true });
    writeFileSync(`${home}/package.json`, JSON.stringify({ name: 'caducus-one', type: 'module', exports: './index.js', ...manifest }));
    writeFileSync(`${home}/index.js`, text);
    return { name: 'caducus-one', from, file: `${home}/package.json`, sources: ['one'] };
  }
  const failure = async (found: FoundPackage): Promise<CaducusError> => {
    try {
      await loadPackage(found);
    } catch (error) {
      return error as CaducusError;
    }
    throw new Error('it was loaded');
  };

  for (const [way, manifest] of [
    ['exports', {}],
    ['exports by condition', { exports: { '.': { types: './index.d.ts', default: './index.js' } } }],
    ['main', { exports: undefined, main: 'index.js' }],
    ['neither', { exports: undefined }],
  ] as const)
    it(`gives its lists, its module named by ${way}`, async () => {
      const { sources, operators, sinks } = await loadPackage(installed("export const sources = [{ spec: { name: 'one' } }];", manifest));
      expect([sources!.map(({ spec }) => spec.name), operators, sinks]).to.deep.equal([['one'], [], []]);
    });

  it('that fails while it is loaded says with what, and where it lies', async () => {
    const error = await failure(installed("throw new Error('no licence');"));
    expect(error.message)
      .to.contain('CAD020')
      .and.to.contain('cannot load caducus-one: no licence')
      .and.to.contain('node_modules/caducus-one');
  });

  it('whose module is not there says so', async () => {
    expect((await failure(installed('', { exports: './dist/index.js' }))).message)
      .to.contain('cannot load caducus-one')
      .and.to.contain('dist/index.js');
  });

  it('that does not export what its package.json names is refused', async () => {
    for (const text of ["export const sinks = [{ spec: { name: 'one' } }];", "export const sources = [{ spec: { name: 'two' } }];", '']) {
      const error = await failure(installed(text));
      expect(error.message).to.contain('caducus-one exports no source "one"');
      expect(error.hint).to.contain('a list called sources');
    }
  });
});
