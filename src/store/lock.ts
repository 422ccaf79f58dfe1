import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { waited } from '../base/waiting.ts';
import { digest } from '../base/digest.ts';
import { CaducusError } from '../errors.ts';
import { toIso } from '../event.ts';
import { writeAll, type Io, type OpenFile } from '../io.ts';
import { refuseLinks } from './refuseLinks.ts';

/** Who holds a lock. */
export interface LockHolder {
  /** What tells this holding from every other. */
  token: string;
  pid: number;
  host: string;
  /** The start of the machine and the space of its process numbers, as the system names them; empty where it does not. */
  boot: string;
  namespace: string;
  /** When that process was started, as the system tells it: a number that is used again is not the same process. */
  started: string;
  since: string;
  /** Counted on while it is held. */
  counter: number;
}

/** The process that asks, and a way to ask whether another one runs. */
export interface LockSelf {
  pid: number;
  isAlive(pid: number): boolean;
}

/** A lock that is held. */
export interface Lock {
  /** Aborts when another process has taken it: after a stall it was thought dead. */
  readonly lost: AbortSignal;
  /** Reads it back. Throws CAD043 when it is another's now. */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

export interface LockOptions {
  /** Called each second while a holder nobody can ask is being watched. */
  waiting?(text: string): void;
  /** Ends the waiting. */
  signal?: AbortSignal;
}

/** How long a lock may stand empty: between the making of the file and what is written into it. Milliseconds. */
const grace = 200;
/** How often the counter is moved on, after which stall the holder looks whether it is still one, and when it is dead for others. */
const beat = 3_000;
const stall = 10_000;
const dead = 20_000;

/**
 * One writer for one state: a file made with `wx`, whose counter its holder moves on. A holder of this machine, this start
 * of it and this space of process numbers is asked for by its number; a lock that is stale is taken over at once. Of any
 * other the counter is watched: one that stands still for 20 s is dead. Of those who want a stale lock one takes it over: it
 * holds a second lock while the first is replaced.
 *
 * Throws CAD041 naming the process that holds it, and CAD011 where the state is a symbolic link.
 */
export async function lock(io: Io, path: string, self: LockSelf, options: LockOptions = {}): Promise<Lock> {
  await io.files.makeFolder(dirname(path));
  await refuseLinks(io.files, dirname(path));
  const mine = await identify(io, self);
  const takeover = `${path}.takeover`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const file = await take(io, path, mine);
    if (file) return hold(io, path, mine, file);
    const stale = await refuseIfHeld(io, path, self, mine, options);
    const second = await take(io, takeover, mine);
    if (!second) {
      await refuseIfHeld(io, takeover, self, mine, options);
      await io.files.remove(takeover);
      continue;
    }
    try {
      // Another may have taken it over between the look and the second lock.
      const now = await read(io, path);
      if (makeToken(now) !== stale) await refuseIfHeld(io, path, self, mine, options);
      await io.files.remove(path);
      const taken = await take(io, path, mine);
      if (taken) return hold(io, path, mine, taken);
    } finally {
      await second.close();
      await io.files.remove(takeover);
    }
  }
  throw new CaducusError('CAD041', { file: path }, 'is taken and given up again and again');
}

/** Keeps the counter moving, and looks whether the lock is still ours where we may have been thought dead. */
function hold(io: Io, path: string, mine: LockHolder, file: OpenFile): Lock {
  const lost = new AbortController();
  const confirm = async (): Promise<void> => {
    if (makeToken(await read(io, path)) === mine.token) return;
    const error = new CaducusError('CAD043', { file: path }, 'was taken by another process while this one stood still');
    lost.abort(error);
    throw error;
  };
  let last = io.monotonic();
  let { counter } = mine;
  let beating = Promise.resolve();
  const moveOn = async (): Promise<void> => {
    const now = io.monotonic();
    if (now - last > stall) await confirm();
    last = now;
    counter += 1;
    // Into the file that was made, whatever stands under its name now; a reader sees the counter before or after.
    await writeAll(file, encode({ ...mine, counter }), 0);
  };
  // A beat that fails is no loss: before anything that counts the lock is read back.
  const stop = io.every(beat, () => void (beating = beating.then(moveOn).catch(() => undefined)));
  return {
    lost: lost.signal,
    confirm,
    async release() {
      stop();
      await beating;
      await file.close();
      if (makeToken(await read(io, path)) === mine.token) await io.files.remove(path);
    },
  };
}

const describe = ({ pid, host, since }: LockHolder) => `process ${pid} on ${host} since ${since}`;

/** Throws CAD041 when a process holds it. Resolves to the token of the stale lock that is there; null without one. */
async function refuseIfHeld(io: Io, path: string, self: LockSelf, mine: LockHolder, options: LockOptions): Promise<string | null> {
  const holder = await readWhole(io, path);
  if (!holder) return null;
  if (!(await (isAskable(holder, mine) ? lives(io, holder, self) : moves(io, path, holder, options)))) return holder.token;
  throw new CaducusError('CAD041', { file: path }, `is held by ${describe(holder)}`);
}

/** The process that holds a lock, as far as can be known without watching it; null when nobody does, or a process that is gone. */
export async function lockHolder(io: Io, path: string, self: LockSelf): Promise<LockHolder | null> {
  const holder = await readWhole(io, path);
  if (!holder) return null;
  return !isAskable(holder, await identify(io, self)) || (await lives(io, holder, self)) ? holder : null;
}

/** Whether the system here can say if that process runs. Where it names neither start nor space, the same host has to do. */
const isAskable = (holder: LockHolder, mine: LockHolder): boolean =>
  (holder.boot ?? '') === '' || mine.boot === ''
    ? holder.host === mine.host
    : holder.boot === mine.boot && holder.namespace === mine.namespace;

const lives = async (io: Io, holder: LockHolder, self: LockSelf): Promise<boolean> =>
  self.isAlive(holder.pid) && (await findStart(io, holder.pid)) === holder.started;

/** Watches a holder nobody can ask, by our own clock: whether it moves within 20 s. */
async function moves(io: Io, path: string, holder: LockHolder, { waiting, signal }: LockOptions): Promise<boolean> {
  const began = io.monotonic();
  for (let left = dead; left > 0; left = dead - (io.monotonic() - began)) {
    waiting?.(`waiting for ${describe(holder)}: ${Math.ceil(left / 1000)} s`);
    if (!(await waited(io, Math.min(1_000, left), signal ?? new AbortController().signal))) return true;
    const now = await readWhole(io, path);
    if (!now) return false;
    if (now.token !== holder.token || now.counter !== holder.counter) return true;
  }
  return false;
}

/** Makes the file and leaves it open; null where there is one. */
async function take(io: Io, path: string, mine: LockHolder): Promise<OpenFile | null> {
  const file = await io.files.open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return null;
    throw error;
  });
  if (!file) return null;
  try {
    await writeAll(file, encode(mine), 0);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Always as long, whatever the counter. */
const encode = ({ counter, ...rest }: LockHolder) =>
  Buffer.from(JSON.stringify({ ...rest, counter }).replace(/(\d+)\}$/, (_, digits: string) => `${digits.padStart(12)}}`));

const makeToken = (read: LockHolder | 'torn' | null): string | null => (read === null || read === 'torn' ? null : read.token);

/** What a lock says; null where there is none, or none that was written whole. */
async function readWhole(io: Io, path: string): Promise<LockHolder | null> {
  let holder = await read(io, path);
  // Empty: it is being taken just now, or a crash came in between.
  if (holder === 'torn') {
    await io.sleep(grace);
    holder = await read(io, path);
  }
  return holder === 'torn' ? null : holder;
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
    // What older releases wrote has no token, and counts as one that never moves.
    return { token: '', boot: '', namespace: '', counter: 0, ...(JSON.parse(text) as Partial<LockHolder>) } as LockHolder;
  } catch {
    return 'torn';
  }
}

async function identify(io: Io, { pid }: LockSelf): Promise<LockHolder> {
  const boot = (await io.files.readText('/proc/sys/kernel/random/boot_id').catch(() => '')).trim();
  const namespace = String((await io.files.stat('/proc/self/ns/pid').catch(() => null))?.ino ?? '');
  const [started, since] = [await findStart(io, pid), toIso(io.now())];
  const token = digest([boot, namespace, pid, hostname(), started, since, io.monotonic()].join('\0'), 16);
  return { token, pid, host: hostname(), boot, namespace, started, since, counter: 0 };
}

/** Start time of a process in clock ticks since boot (Linux, proc(5) field 22); empty where there is no /proc. */
async function findStart(io: Io, pid: number): Promise<string> {
  try {
    const stat = await io.files.readText(`/proc/${pid}/stat`);
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
