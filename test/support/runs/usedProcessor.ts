import { readFileSync } from 'node:fs';

/** Ticks of /proc in a second, on every Linux that Node runs on. */
const ticks = 100;

/** Seconds of processor time so far: of this process, and of children that have ended (0 where there is no /proc). */
export function usedProcessor(): { own: number; children: number } {
  const { user, system } = process.cpuUsage();
  let children = 0;
  if (process.platform === 'linux') {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ');
    children = (Number(fields[13]) + Number(fields[14])) / ticks;
  }
  return { own: (user + system) / 1e6, children };
}
