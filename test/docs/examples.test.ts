import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { build } from 'esbuild';

const run = promisify(execFile);
const names = ['compose', 'customOperator', 'guard', 'slowestMarbles'];

describe('the examples', () => {
  // Below node_modules, so that packages that stay outside are found.
  const folder = resolve(`node_modules/.cache/caducus/examples-${process.pid}`);
  before(() =>
    build({
      entryPoints: names.map((name) => `examples/${name}.ts`),
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      ...{ bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
      // `caducus` means this package's sources.
      ...{ packages: 'external', alias: { caducus: resolve('src/index.ts'), 'caducus/testing': resolve('src/testing.ts') } },
    }),
  );
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs an example as it stands. */
  const example = async (name: string) => (await run(process.execPath, [join(folder, `${name}.mjs`)])).stdout.trim().split('\n');

  it('compose: operators and RxJS operators in one pipe give a line a window', async () => {
    const lines = await example('compose');
    expect(lines.length).to.be.within(6, 10);
    for (const line of lines) expect(line).to.match(/^\d\d:\d\d {2}\d+ .+/);
    expect(lines.some((line) => /Disk failure/.test(line))).to.equal(true);
  });

  it("customOperator: an operator of one's own finds the slowest request of each minute", async () => {
    const lines = await example('customOperator');
    expect(lines.map((line) => line.split('  ')[0])).to.deep.equal(['31 ms', '940 ms', '13 ms', '3 written']);
  });

  it('guard: a function that keeps failing is not called for a while', async () => {
    const lines = await example('guard');
    expect(lines).to.include.members(['plums failed', 'figs denied', 'dates denied']);
    expect(lines.at(-1)).to.equal('3 of 5 calls were made');
  });

  it('slowestMarbles: its picture is what it does', async () => {
    expect(await example('slowestMarbles')).to.deep.equal(['as drawn']);
  });

  const shown = {
    'README.md': ['compose.ts'],
    'docs/extending.md': ['slowest.ts', 'customOperator.ts', 'slowest.yaml', 'slowestMarbles.ts'],
  };
  for (const [page, name] of Object.entries(shown).flatMap(([page, names]) => names.map((name) => [page, name] as const))) {
    it(`${name} stands in ${page} as it is run here`, () => {
      expect(readFileSync(page, 'utf8')).to.contain(readFileSync(`examples/${name}`, 'utf8').trim());
    });
  }
});
