/**
 * Whether the tests in the shipped pipelines notice a broken operator: `npm run mutations`. One comparison is flipped at
 * a time in a copy of the sources; at least one pipeline test must fail. Exit 1 when a mutation survives.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const mutations: [file: string, from: string, to: string][] = [
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

const copy = mkdtempSync(join(tmpdir(), 'caducus-mutations-'));
let survived = 0;
try {
  for (const name of ['src', 'operators', 'config', 'pipelines', 'fixtures', 'package.json', 'tsconfig.json'])
    cpSync(name, join(copy, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  for (const [file, from, to] of mutations) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} no longer contains: ${from}`);
    writeFileSync(path, text.replace(from, to));
    const { status, stdout } = spawnSync(process.execPath, ['--import=tsx', 'src/cli/main.ts', 'test'], { cwd: copy, encoding: 'utf8' });
    writeFileSync(path, text);
    const failed = (stdout.match(/^ {2}FAIL/gm) ?? []).length;
    if (status === 0) survived += 1;
    console.log(`${status === 0 ? 'SURVIVED' : 'noticed '}  ${String(failed).padStart(2)} tests failed  ${file}: ${from}  ->  ${to}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${mutations.length - survived} of ${mutations.length} mutations noticed`);
process.exitCode = survived === 0 ? 0 : 1;
