import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { CaducusError } from '../errors.ts';
import { writeAll, type Io } from '../io.ts';

interface Holder {
  pid: number;
  host: string;
  /** When that process was started, as the system tells it: a number that is used again is not the same process. */
  started: string;
  since: string;
}

/**
 * One writer for one state: a file made with `wx`. A lock whose process is gone is stale and taken over.
 * Throws CAD041 naming the process that holds it. Resolves to the release.
 */
export async function lock(io: Io, path: string, self: { pid: number; isAlive(pid: number): boolean }): Promise<() => Promise<void>> {
  await io.files.makeFolder(dirname(path));
  const mine: Holder = { pid: self.pid, host: hostname(), started: await startOf(io, self.pid), since: new Date(io.now()).toISOString() };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const taken = await take(io, path, mine);
    if (taken) return async () => io.files.remove(path);
    const holder = await holderOf(io, path);
    if (holder && (await holds(io, holder, self))) {
      throw new CaducusError('CAD041', { file: path }, `is held by process ${holder.pid} on ${holder.host} since ${holder.since}`);
    }
    await io.files.remove(path);
  }
  throw new CaducusError('CAD041', { file: path }, 'is taken and given up again and again');
}

async function take(io: Io, path: string, mine: Holder): Promise<boolean> {
  try {
    const file = await io.files.open(path, 'wx');
    await writeAll(file, Buffer.from(JSON.stringify(mine))).finally(() => file.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** null when the lock went away meanwhile, or was torn by a crash. */
async function holderOf(io: Io, path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await io.files.readText(path)) as Holder;
  } catch {
    return null;
  }
}

/** On another machine nobody can be asked: such a lock holds until it is removed by hand. */
async function holds(io: Io, holder: Holder, self: { isAlive(pid: number): boolean }): Promise<boolean> {
  if (holder.host !== hostname()) return true;
  return self.isAlive(holder.pid) && (await startOf(io, holder.pid)) === holder.started;
}

/** Start time of a process in clock ticks since boot (Linux, proc(5) field 22); empty where there is no /proc. */
async function startOf(io: Io, pid: number): Promise<string> {
  try {
    const stat = await io.files.readText(`/proc/${pid}/stat`);
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
