/**
 * Runs the tests in as many processes as there are processors, two at least, the longest first: `npm test` without what
 * takes minutes of processor time, `npm run test:all` with it, `npm test -- --slow` that alone. What else is given is for mocha: `npm test -- --grep radar`.
 * Single files: `npx mocha test/sources/stdin.test.ts`.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { findTests, slow } from './testFiles.ts';

const [mode, ...rest] = process.argv.slice(2);
const all = mode === '--all';
const onlySlow = mode === '--slow';
const files = findTests('.').filter((path) => all || slow.has(path) === onlySlow);
const takes = all
  ? 'about 12 minutes on two processors'
  : onlySlow
    ? 'about 5 minutes on two processors'
    : `about 7 minutes on two processors; npm run test:all runs ${slow.size} files more in 12`;

const mocha = fileURLToPath(new URL('../node_modules/mocha/bin/mocha.js', import.meta.url));
const given = all || onlySlow || mode === undefined ? rest : [mode, ...rest];
// One process is what mocha runs without workers: with them, and one job, it cannot load what is written as modules.
const serial = given.includes('--no-parallel');
const jobs = serial ? 1 : Math.max(2, availableParallelism());
console.log(`${files.length} test files in ${jobs === 1 ? 'one process' : `${jobs} processes`}: ${takes}.`);
const child = spawn(process.execPath, [mocha, ...(serial ? [] : ['--parallel', '--jobs', String(jobs)]), ...given, ...files], {
  stdio: 'inherit',
});
// Ctrl-C reaches both; mocha says how far it came.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.once('close', (code) => (process.exitCode = code ?? 1));
