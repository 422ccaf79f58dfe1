/**
 * Runs the tests in as many processes as there are processors, two at least, the longest first: `npm test` what is quick,
 * `npm run test:ci` what has to pass before something is taken over, `npm run test:all` all, `npm test -- --slow` what only that
 * has. What else is given is for mocha: `npm test -- --grep radar`. Single files: `npx mocha test/sources/stdin.test.ts`.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { pickTests, type Extent } from './testFiles.ts';

/** Minutes on two processors that have nothing else to do; in one process. */
const minutes = { quick: [3, 5], '--ci': [6, 9], '--slow': [5, 9], '--all': [12, 18] } as const;

const [mode, ...rest] = process.argv.slice(2);
const extent = mode !== undefined && mode !== 'quick' && mode in minutes ? (mode as Extent) : null;
const files = pickTests('.', extent);

const mocha = fileURLToPath(new URL('../node_modules/mocha/bin/mocha.js', import.meta.url));
const given = extent !== null || mode === undefined ? rest : [mode, ...rest];
// One process is what mocha runs without workers: with them, and one job, it cannot load what is written as modules.
const serial = given.includes('--no-parallel');
const jobs = serial ? 1 : Math.max(2, availableParallelism());
const [beside, alone] = minutes[extent ?? 'quick'];
const takes = serial ? `about ${alone} minutes` : `about ${beside} minutes on two processors`;
const more =
  extent === null ? `; npm run test:all runs ${pickTests('.', '--all').length - files.length} files more in ${minutes['--all'][0]}` : '';
console.log(`${files.length} test files in ${jobs === 1 ? 'one process' : `${jobs} processes`}: ${takes}${more}.`);
const child = spawn(process.execPath, [mocha, ...(serial ? [] : ['--parallel', '--jobs', String(jobs)]), ...given, ...files], {
  stdio: 'inherit',
});
// Ctrl-C reaches both; mocha says how far it came.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.once('close', (code) => (process.exitCode = code ?? 1));
