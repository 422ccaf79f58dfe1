import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { CaducusError } from '../errors.ts';
import { isoOf } from '../event.ts';
import { writeAll, type Io } from '../io.ts';
import { refuseLinks } from './refuseLinks.ts';

/** Who holds a lock. */
export interface LockHolder {
  pid: number;
  host: string;
  /** When that process was started, as the system tells it: a number that is used again is not the same process. */
  started: string;
  since: string;
}

/** The process that asks, and a way to ask whether another one runs. */
export interface LockSelf {
  pid: number;
  isAlive(pid: number): boolean;
}

/** How long a lock may stand empty: between the making of the file and what is written into it. Milliseconds. */
const grace = 200;

/**
 * One writer for one state: a file made with `wx`. A lock whose process is gone is stale and taken over, by one of those
 * who want it: who takes over holds a second lock while the first is replaced. Throws CAD041 naming the process that holds
 * it, and CAD011 where the state is a symbolic link. Resolves to the release.
 */
export async function lock(io: Io, path: string, self: LockSelf): Promise<() => Promise<void>> {
  await io.files.makeFolder(dirname(path));
  await refuseLinks(io.files, dirname(path));
  const mine: LockHolder = { pid: self.pid, host: hostname(), started: await startOf(io, self.pid), since: isoOf(io.now()) };
  const takeover = `${path}.takeover`;
  const release = () => io.files.remove(path);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await take(io, path, mine)) return release;
    refuseIfHeld(path, await lockHolder(io, path, self));
    if (!(await take(io, takeover, mine))) {
      refuseIfHeld(takeover, await lockHolder(io, takeover, self));
      await io.files.remove(takeover);
      continue;
    }
    try {
      // Another may have taken it over between the look and the second lock.
      refuseIfHeld(path, await lockHolder(io, path, self));
      await io.files.remove(path);
      if (await take(io, path, mine)) return release;
    } finally {
      await io.files.remove(takeover);
    }
  }
  throw new CaducusError('CAD041', { file: path }, 'is taken and given up again and again');
}

function refuseIfHeld(path: string, holder: LockHolder | null): void {
  if (!holder) return;
  const hint = holder.host === hostname() ? {} : { hint: `Stop that process. Should ${holder.host} be gone, remove the file ${path}.` };
  throw new CaducusError('CAD041', { file: path }, `is held by process ${holder.pid} on ${holder.host} since ${holder.since}`, hint);
}

async function take(io: Io, path: string, mine: LockHolder): Promise<boolean> {
  try {
    const file = await io.files.open(path, 'wx');
    await writeAll(file, Buffer.from(JSON.stringify(mine))).finally(() => file.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The process that holds a lock; null when nobody does, or a process that is gone. */
export async function lockHolder(io: Io, path: string, self: LockSelf): Promise<LockHolder | null> {
  let holder = await read(io, path);
  // Empty: it is being taken just now, or a crash came in between.
  if (holder === 'torn') {
    await io.sleep(grace);
    holder = await read(io, path);
  }
  return holder !== null && holder !== 'torn' && (await holds(io, holder, self)) ? holder : null;
}

async function read(io: Io, path: string): Promise<LockHolder | 'torn' | null> {
  if (!(await io.files.stat(path))) return null;
  const text = await io.files.readText(path).catch((error: NodeJS.ErrnoException) => {
    // Released between the look and the reading.
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return JSON.parse(text) as LockHolder;
  } catch {
    return 'torn';
  }
}

/** On another machine nobody can be asked: such a lock holds until it is removed by hand. */
async function holds(io: Io, holder: LockHolder, self: LockSelf): Promise<boolean> {
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
