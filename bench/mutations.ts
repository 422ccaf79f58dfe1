/**
 * Whether the tests notice what is broken: `npm run mutations [part of a file's name]`. One line is changed at a time in a
 * copy of the sources. Operators: a test in the shipped pipelines must fail. What guards checkpoints, locks, senders,
 * messages and files: a test of the spec named beside it. Exit 1 when a mutation survives.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mutationList } from './support/mutationList.ts';

const [wanted = ''] = process.argv.slice(2);
const pipelines = 'pipelines';
const mutations = mutationList.filter(([file]) => file.includes(wanted));
const copied = ['src', 'operators', 'config', 'pipelines', 'fixtures', 'test', 'bench', 'package.json', 'tsconfig.json', '.mocharc.yml'];
const copy = mkdtempSync(join(tmpdir(), 'caducus-mutations-'));
const run = (spec: string) =>
  spec === pipelines
    ? spawnSync(process.execPath, ['--import=tsx', 'src/cli/main.ts', 'test'], { cwd: copy, encoding: 'utf8' })
    : spawnSync('node_modules/.bin/mocha', ['--timeout', '20000', '--bail', spec], { cwd: copy, encoding: 'utf8', timeout: 300_000 });
/** A mutation of what is no longer there would be one that nobody makes: seen before anything runs. */
for (const [file, from] of mutations)
  if (!readFileSync(file, 'utf8').includes(from)) throw new Error(`${file} no longer contains: ${from}`);
let survived = 0;
try {
  for (const name of copied) cpSync(name, join(copy, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  // A test that fails by itself would notice everything.
  for (const spec of new Set(mutations.map((one) => one[3]))) {
    const { status, stdout } = run(spec);
    if (status !== 0) throw new Error(`${spec} fails without a mutation:\n${stdout.slice(-2000)}`);
  }
  for (const [file, from, to, spec] of mutations) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    const { status } = run(spec);
    writeFileSync(path, text);
    if (status === 0) survived += 1;
    console.log(`${status === 0 ? 'SURVIVED' : 'noticed '}  ${file}: ${from}  ->  ${to || 'nothing'}  (${spec})`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${mutations.length - survived} of ${mutations.length} mutations noticed`);
process.exitCode = survived === 0 ? 0 : 1;
