import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Timed {
  /** By the clock on the wall. */
  seconds: number;
  /** Of processor time, in which other work on the machine counts less. */
  cpuSeconds: number;
  /** Most resident memory, MiB. */
  rssMiB: number;
}

/** Runs a built program (`dist/bin/caducus.js`) to its end; throws with what it says where that is not good. `folder` takes a file. */
export function timedProgram(program: string, args: readonly string[], folder: string): Timed {
  const usage = join(folder, `usage-${process.pid}.json`);
  const prelude = `data:text/javascript,import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(${JSON.stringify(usage)},JSON.stringify(process.resourceUsage())))`;
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--import', prelude, program, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
  return { seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, rssMiB: Math.round(maxRSS / 1024) };
}

export const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
