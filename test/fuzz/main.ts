/**
 * Throws generated input at everything that takes text from outside.
 *
 *     npm run fuzz -- [--inputs 1000000] [--seed 1] [--only ndjson] [--from 0]
 *
 * Each target runs in a thread of its own, and is given up when one input takes longer than ten seconds.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Broken } from './fuzz.ts';
import { targets } from './targets.ts';

const { values } = parseArgs({ options: { inputs: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' }, only: { type: 'string' }, from: { type: 'string', default: '0' } } });
const [inputs, seed, from] = [Number(values.inputs), Number(values.seed), Number(values.from)];
const hangs = 10_000;

function run(name: string): Promise<Broken | null> {
  const progress = new SharedArrayBuffer(4);
  const at = new Int32Array(progress);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { name, seed, from, inputs, progress }, execArgv: ['--import=tsx'] });
  return new Promise((resolve, reject) => {
    let last = -1;
    const watch = setInterval(() => {
      const index = Atomics.load(at, 0);
      if (index === last && index > 0) {
        void worker.terminate();
        resolve({ target: name, seed, index, what: `hung for ${hangs / 1000} s` });
      }
      last = index;
    }, hangs);
    worker.on('message', resolve).on('error', reject).on('exit', () => clearInterval(watch));
  });
}

const chosen = targets.filter(({ name }) => values.only === undefined || values.only.split(',').includes(name));
if (chosen.length === 0) throw new Error(`targets: ${targets.map(({ name }) => name).join(', ')}`);
let broken = 0;
for (const { name } of chosen) {
  const began = performance.now();
  const found = await run(name);
  const seconds = (performance.now() - began) / 1000;
  if (found) broken += 1;
  const verdict = found ? `BROKEN at input ${found.index}: ${found.what}` : `stood ${inputs.toLocaleString('en-US')} inputs, ${Math.round(inputs / seconds).toLocaleString('en-US')} a second`;
  console.log(`${name.padEnd(14)} seed ${seed}  ${seconds.toFixed(1)} s  ${verdict}`);
}
process.exitCode = broken > 0 ? 1 : 0;
