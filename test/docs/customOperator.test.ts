import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { temporaryFolder } from '../support/testIo.ts';

const run = promisify(execFile);
const node = (cwd: string, args: string[], options = '') =>
  run(process.execPath, args, { cwd, env: { ...process.env, NODE_OPTIONS: options } });
const tsc = resolve('node_modules/.bin/tsc');

/** A user's project: the package installed as it is published, the examples, and a compiler with the settings of its own. */
async function userProject(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  const installed = join(modules, 'caducus');
  mkdirSync(modules);
  for (const name of readdirSync('node_modules').filter((one) => !one.startsWith('.') && one !== 'caducus'))
    symlinkSync(resolve('node_modules', name), join(modules, name));
  await run(tsc, ['-p', 'tsconfig.build.json', '--outDir', join(installed, 'dist'), '--preserveSymlinks']);
  await run(process.execPath, ['scripts/bundle.mjs', join(installed, 'dist/bin')]);
  for (const name of ['package.json', 'pipelines']) cpSync(name, join(installed, name), { recursive: true });
  for (const name of ['examples', 'fixtures']) cpSync(name, join(folder, name), { recursive: true });
  const compilerOptions = {
    target: 'ES2023',
    module: 'NodeNext',
    strict: true,
    types: ['node'],
    rootDir: 'examples',
    outDir: 'built',
    rewriteRelativeImportExtensions: true,
  };
  const include = readdirSync('examples').filter((name) => name.endsWith('.ts'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: include.map((name) => join('examples', name)) }));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
}

const milliseconds = (folder: string) =>
  readFileSync(join(folder, 'out/slowest.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; ms: number })
    .map(({ kind, ms }) => `${kind} ${ms}`);

const expected = ['slowest 31', 'slowest 940', 'slowest 13'];

describe("an operator of one's own", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const project = folder.file('project');
  const ways: [way: string, options: string, program: string, module: string][] = [
    ['in TypeScript', '--import=tsx', 'node_modules/caducus/dist/bin/caducus.js', 'examples/slowest.ts'],
    ['built', '', 'node_modules/caducus/dist/bin/caducus.js', 'built/slowest.js'],
  ];

  before(async () => {
    mkdirSync(project);
    await userProject(project);
    await run(tsc, ['-p', project]);
  });

  for (const [way, options, program, module] of ways) {
    const caducus = (...args: string[]) => node(project, [program, ...args, '--require', `./${module}`], options);

    it(`runs in a pipe, ${way}`, async () => {
      const { stdout } = await node(project, [module.replace('slowest', 'customOperator')], options);
      expect(stdout.trim().split('\n').at(-1)).to.equal('3 written');
      expect(milliseconds(join(project, '.caducus/data'))).to.deep.equal(expected);
    });

    it(`is tested by marbles with caducus/testing, ${way}`, async () => {
      expect((await node(project, [module.replace('slowest', 'slowestMarbles')], options)).stdout).to.equal('as drawn\n');
    });

    it(`runs in a pipeline file that names it, ${way}`, async () => {
      const data = folder.file(`data ${way}`);
      await caducus('run', 'examples/slowest.yaml', '--data-dir', data);
      expect(milliseconds(data)).to.deep.equal(expected);
    });

    it(`is tested by its pipeline file, shown by list and known to the schema, ${way}`, async () => {
      expect((await caducus('test', 'examples/slowest.yaml')).stdout).to.contain('1 passed, 0 failed');
      expect((await caducus('list', 'operators', 'slowest')).stdout).to.contain('every  (duration)  default "1m"');
      expect((await caducus('schema')).stdout).to.contain('"slowest"');
    });
  }

  it('is not read as TypeScript by a Node that cannot: the error says how it can', async function () {
    if ('typescript' in process.features && process.features.typescript) this.skip();
    const failed = await node(project, [ways[1]![2], 'validate', 'examples/slowest.yaml', '--require', './examples/slowest.ts']).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(failed).to.have.property('code', 78);
    expect(failed.stderr).to.contain('NODE_OPTIONS=--import=tsx');
  });
});
