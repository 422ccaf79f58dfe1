import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { temporaryFolder } from './support/testIo.ts';

const run = promisify(execFile);
const toys = 'test/fixtures/additions';

/** A toy of each kind: one new file, its lines in one list, and a test of it. */
const additions: { what: string; file: string; list: string; lines: (text: string) => string; test: string }[] = [
  {
    what: 'a source',
    file: 'src/sources/pulse.ts',
    list: 'src/sources/index.ts',
    lines: (text) => withEntry(text, 'pulse', './pulse.ts', /(?<=readonly SourceEntry\[\] = \[)/),
    test: 'test/sources/pulse.test.ts',
  },
  {
    what: 'an operator',
    file: 'operators/everyNth.ts',
    list: 'operators/index.ts',
    lines: (text) => withEntry(text, 'everyNth', './everyNth.ts', /(?<=readonly OperatorEntry\[\] = \[)/),
    test: 'test/operators/everyNth.test.ts',
  },
  {
    what: 'a sink',
    file: 'src/sinks/shout.ts',
    list: 'src/sinks/index.ts',
    lines: (text) => withEntry(text, 'shout', './shout.ts', /(?<=readonly SinkEntry\[\] = \[)/),
    test: 'test/sinks/shout.test.ts',
  },
  {
    what: 'a command',
    file: 'src/cli/commands/greet.ts',
    list: 'src/cli/commands/index.ts',
    lines: (text) => text.replace('  Look: [\n', "  Look: [\n    entry('greet', 'say hello', () => import('./greet.ts')),\n"),
    test: 'test/cli/commands/greet.test.ts',
  },
  {
    what: 'a view',
    file: 'src/sinks/console/countView.ts',
    list: 'src/sinks/console/views.ts',
    lines: (text) => `import { countView } from './countView.ts';\n${text.replace('[radarView', '[countView, radarView')}`,
    test: 'test/sinks/console/countView.test.ts',
  },
];

/** A list file with one more entry: it is imported, exported for the library, and in the list. */
function withEntry(text: string, name: string, from: string, place: RegExp): string {
  return `import { ${name} } from '${from}';\n${text.replace('export { ', `export { ${name}, `).replace(place, `${name}, `)}`;
}

/** How many lines a text has that another has not. */
function linesChanged(before: string, after: string): number {
  const known = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !known.has(line)).length;
}

describe('what is added', function () {
  this.timeout(180_000);
  const tree = temporaryFolder().path;
  const bin = (name: string) => resolve('node_modules/.bin', name);
  const inTree = (command: string, ...args: string[]) =>
    run(command, args, { cwd: tree, env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 1 << 26 });
  const caducus = (...args: string[]) => inTree(process.execPath, 'dist/bin/caducus.js', ...args);

  before(() => {
    for (const name of [
      'src',
      'operators',
      'config',
      'pipelines',
      'scripts',
      'test/support',
      'package.json',
      '.oxlintrc.json',
      '.dependency-cruiser.cjs',
      '.prettierrc.json',
    ])
      cpSync(name, join(tree, name), { recursive: true });
    symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
    const tests = additions.map(({ test }) => test);
    const own = {
      extends: resolve('tsconfig.json'),
      compilerOptions: { rootDir: '.' },
      include: ['src', 'operators', 'config', ...tests],
      // The page is of the browser and has types of its own.
      exclude: ['src/web/page', 'src/web/page.ts'],
    };
    writeFileSync(join(tree, 'tsconfig.json'), JSON.stringify(own));
    cpSync(join(toys, 'toys.yaml'), join(tree, 'toys.yaml'));
  });

  for (const { what, file, list, lines, test } of additions)
    it(`${what} is one new file, its lines in one list, and a test`, () => {
      for (const path of [file, test]) {
        mkdirSync(dirname(join(tree, path)), { recursive: true });
        // Beside the toys a test is called a check: it can only run where they are.
        cpSync(join(toys, basename(path).replace('.test.ts', '.check.ts')), join(tree, path));
      }
      const before = readFileSync(list, 'utf8');
      const after = lines(before);
      // The import, the name that the library exports, and the entry.
      expect(linesChanged(before, after)).to.be.within(1, 3);
      writeFileSync(join(tree, list), after);
    });

  it('has types, keeps the rules of the house, and its tests pass', async () => {
    await inTree(bin('tsc'), '--noEmit', '--preserveSymlinks', '-p', '.');
    await inTree(bin('oxlint'), '--deny-warnings', 'src', 'operators', 'config', 'test');
    await inTree(bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'src', 'operators', 'config');
    const { stdout } = await inTree(bin('mocha'), '--import=tsx', ...additions.map(({ test }) => test));
    expect(stdout).to.match(new RegExp(`\\b${additions.length} passing`));
  });

  it('is built into the program', async () => {
    await inTree(process.execPath, 'scripts/bundle.mjs', 'dist/bin');
  });

  it('runs: from the source through the operator into sink and view', async () => {
    const { stdout } = await caducus('run', 'toys.yaml', '--data-dir', join(tree, 'data'));
    expect(stdout.split('\n').filter((line) => /PULSE|events/.test(line))).to.deep.equal(['PULSE 2', 'PULSE 5', '2 events']);
  });

  it('is known to help, list, validate and schema', async () => {
    expect((await caducus('greet', 'ana')).stdout).to.equal('hello ana\n');
    expect((await caducus('--help')).stdout).to.match(/greet .*say hello/);
    expect((await caducus('validate', 'toys.yaml')).stdout).to.contain('ok: 1 source');
    const { stdout } = await caducus('list', '--json');
    const { schema: _, ...found } = JSON.parse(stdout) as Record<string, { name: string }[]>;
    const names = Object.values(found).flatMap((entries) => entries.map(({ name }) => name));
    expect(names).to.include.members(['pulse', 'every_nth', 'shout']);
    const schema = (await caducus('schema')).stdout;
    for (const word of ['"pulse"', '"every_nth"', '"shout"', '"count"']) expect(schema).to.contain(word);
  });
});
