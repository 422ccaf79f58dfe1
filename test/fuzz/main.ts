/**
 * Throws generated input at everything that takes text from outside.
 *
 *     npm run fuzz -- [--inputs 1000000] [--seed 1] [--only ndjson] [--from 0]
 *
 * Each target runs in a process of its own, which is given up when it hangs; a single input may take one second.
 */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { Broken } from './fuzz.ts';
import { targets } from './targets.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
});
const [inputs, seed, from] = [Number(values.inputs), Number(values.seed), Number(values.from)];
/** No sign of life for so long is a hang, milliseconds. */
const hangs = 180_000;

function run(name: string): Promise<Broken | null> {
  const child = fork(new URL('./worker.ts', import.meta.url), [name, String(seed), String(from), String(inputs)], {
    execArgv: ['--import=tsx'],
  });
  return new Promise((resolve, reject) => {
    let at = from;
    const giveUp = () => {
      child.kill('SIGKILL');
      resolve({ target: name, seed, index: at, what: `no sign of life for ${hangs / 1000} s: hangs in one of the next hundred` });
    };
    let watch = setTimeout(giveUp, hangs);
    child.on('message', (message: { at?: number; found?: Broken | null }) => {
      clearTimeout(watch);
      if (message.found !== undefined) return resolve(message.found);
      at = message.at ?? at;
      watch = setTimeout(giveUp, hangs);
    });
    child.on('exit', (code) => {
      clearTimeout(watch);
      if (code !== 0) reject(new Error(`${name} ended with ${code} behind input ${at}`));
    });
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
  const verdict = found
    ? `BROKEN at input ${found.index}: ${found.what}`
    : `stood ${inputs.toLocaleString('en-US')} inputs, ${Math.round(inputs / seconds).toLocaleString('en-US')} a second`;
  console.log(`${name.padEnd(14)} seed ${seed}  ${seconds.toFixed(1)} s  ${verdict}`);
}
process.exitCode = broken > 0 ? 1 : 0;
