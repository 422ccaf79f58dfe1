/**
 * Whether the tests notice what is broken: `npm run mutations [part of a file's name]`. One line is changed at a time in a
 * copy of the sources. Operators: a test in the shipped pipelines must fail. What guards checkpoints, locks, senders,
 * messages and files: a test of the spec named beside it. Exit 1 when a mutation survives.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { guardMutations, type Mutation } from './support/guardMutations.ts';

const operatorMutations: [file: string, from: string, to: string][] = [
  ['src/memory/judge/stateWord.ts', "if (above >= MOVED) return 'rising'", "if (above < MOVED) return 'rising'"],
  ['src/memory/ranking/makeRadar.ts', 'b.score - a.score', 'a.score - b.score'],
  ['src/safeguards/budget/judge.ts', 'if (!alarm && ratio >= threshold.at)', 'if (!alarm && ratio < threshold.at)'],
  [
    'src/safeguards/budget/judge.ts',
    'rate.longMultiple >= below && rate.shortMultiple >= below',
    'rate.longMultiple < below && rate.shortMultiple >= below',
  ],
  ['src/findings/rules/condition.ts', 'levelRankOf(blip.level ?? undefined) >= level', 'levelRankOf(blip.level ?? undefined) < level'],
];

const [wanted = ''] = process.argv.slice(2);
const pipelines = 'pipelines';
const mutations: Mutation[] = [...operatorMutations.map((one): Mutation => [...one, pipelines]), ...guardMutations].filter(([file]) =>
  file.includes(wanted),
);
const copied = ['src', 'operators', 'config', 'pipelines', 'fixtures', 'test', 'bench', 'package.json', 'tsconfig.json', '.mocharc.yml'];
const copy = mkdtempSync(join(tmpdir(), 'caducus-mutations-'));
const run = (spec: string) =>
  spec === pipelines
    ? spawnSync(process.execPath, ['--import=tsx', 'src/cli/main.ts', 'test'], { cwd: copy, encoding: 'utf8' })
    : spawnSync('node_modules/.bin/mocha', ['--timeout', '20000', '--bail', spec], { cwd: copy, encoding: 'utf8', timeout: 300_000 });
let survived = 0;
try {
  for (const name of copied) cpSync(name, join(copy, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  for (const [file, from, to, spec] of mutations) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} no longer contains: ${from}`);
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
