import { readFileSync } from 'node:fs';

/** The section `[Service]` of a unit file, by its keys; the last one of a key counts. */
export function readUnit(path: string): { service: Record<string, string> } {
  const service: Record<string, string> = {};
  let section = '';
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    section = /^\[(\w+)\]$/.exec(line)?.[1] ?? section;
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (section === 'Service' && key !== undefined) service[key] = value!;
  }
  return { service };
}
