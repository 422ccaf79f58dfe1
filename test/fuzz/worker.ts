import { setImmediate as turn } from 'node:timers/promises';
import { fuzz, type Broken } from './fuzz.ts';
import { targets } from './targets.ts';

// Broken rows are errors of the library that reads tables: where they were made costs more than all the rest.
Error.stackTraceLimit = 0;

/** Inputs between two signs of life. */
const chunk = 100;

const [, , name, seed, from, inputs] = process.argv;
const target = targets.find((one) => one.name === name)!;
const end = Number(from) + Number(inputs);
let found: Broken | null = null;
for (let at = Number(from); at < end && !found; at += chunk) {
  process.send!({ at });
  await turn();
  found = await fuzz(target, { seed: Number(seed), from: at, inputs: Math.min(chunk, end - at) });
}
process.send!({ found });
process.disconnect();
