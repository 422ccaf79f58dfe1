import { parentPort, workerData } from 'node:worker_threads';
import { fuzz } from './fuzz.ts';
import { targets } from './targets.ts';

const { name, seed, from, inputs, progress } = workerData as { name: string; seed: number; from: number; inputs: number; progress: SharedArrayBuffer };
const at = new Int32Array(progress);
const target = targets.find((one) => one.name === name)!;
parentPort!.postMessage(fuzz(target, { seed, from, inputs, before: (index) => void Atomics.store(at, 0, index) }));
