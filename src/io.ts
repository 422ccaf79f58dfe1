// One file, because every way to the outside is here: a look shows all there are.
import { constants, createReadStream, fstatSync, readFileSync, renameSync, rmSync, writeFileSync, type Stats } from 'node:fs';
import { access, lstat, open, readdir, readFile, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeFolder, makeFolderSync } from './io/makeFolder.ts';
import { nodeNetwork, type Network } from './io/network.ts';
import { readPlainSync, statPlainSync } from './io/plainFile.ts';
import { startProgram, type Program } from './io/programs.ts';
import { nodeTerminal, type Terminal } from './io/terminal.ts';

/**
 * The only way to files, standard streams, the network and the clock. Everything outside reaches them through an `Io`, so that a
 * test can hand in one that fails on purpose, and a virtual clock.
 */
export interface Io {
  files: Files;
  net: Network;
  /** Wall clock, milliseconds since 1970. Never used for event time. */
  now(): number;
  /** A clock that never jumps, milliseconds. For rates and time-outs. */
  monotonic(): number;
  /** Resolves after that many milliseconds; rejects with an AbortError when the signal aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Runs something again and again until it is called off; does not keep the program alive. */
  every(ms: number, run: () => void): () => void;
  /** Closed for good once its iterator returns. */
  stdin(): AsyncIterable<Uint8Array>;
  /** Whether a shell has put a pipe or a file in place of it. */
  isPiped?(): boolean;
  /** Starts another program, without a shell. */
  start(command: string, parameters: readonly string[]): Program;
  stdout: Screen;
  stderr: Screen;
  /** The whole screen of the terminal that standard output is; null or absent where it is none. */
  terminal?(): Terminal | null;
  env: Readonly<Record<string, string | undefined>>;
}

/** A standard stream to write to. */
export interface Screen {
  /** Resolves when written; resolves to false when nothing more can be: the reader has gone (a closed pipe), or the disk is full. */
  write(text: string): Promise<boolean>;
  /** Why nothing more can be written; null while it can, and where the reader has gone. */
  readonly failure?: Error | null;
  readonly isTTY: boolean;
  /** Width of the terminal, 80 when it is none. */
  readonly columns: number;
}

export interface ReadRange {
  start?: number;
  /** Inclusive, as in node's createReadStream. */
  end?: number;
  chunkBytes?: number;
  signal?: AbortSignal;
}

/** An open file; every call may fail, and a short write is finished by the caller. */
export interface OpenFile {
  write(bytes: Uint8Array, position?: number): Promise<number>;
  /** Fills the bytes from that place on; how many there were. */
  read(bytes: Uint8Array, position: number): Promise<number>;
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  stat(): Promise<Stats>;
  close(): Promise<void>;
}

export interface Files {
  readText(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array>;
  /** The bytes of a file in chunks. */
  chunks(path: string, range?: ReadRange): AsyncIterable<Uint8Array>;
  /** `a` appends, `w` empties first, `wx` fails when it exists, `r+` writes in place. Created with mode 0600 unless given otherwise. */
  open(path: string, flags: 'a' | 'w' | 'wx' | 'r+' | 'r', mode?: number): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes a folder and those above it, mode 0700 unless given otherwise. */
  makeFolder(path: string, mode?: number): Promise<void>;
  /** Names in a folder, sorted; an empty list when there is no such folder. */
  list(path: string): Promise<string[]>;
  /** null when there is no such file. */
  stat(path: string): Promise<Stats | null>;
  /** Where symbolic links lead in the end; null when there is nothing. */
  realPath(path: string): Promise<string | null>;
  /** Does not follow a symbolic link. */
  lstat(path: string): Promise<Stats | null>;
  /** Whether this process may write the file, or into the folder, that is there. */
  writable(path: string): Promise<boolean>;
  /** Makes a rename in that folder durable. */
  syncFolder(path: string): Promise<void>;
  /** For machines, which never wait: written through a temporary file and a rename. */
  writeSync(path: string, text: string): void;
  readSync(path: string): string | null;
  removeSync(path: string): void;
  /** The text of a plain file, and what is known of it, at once: of a hundred thousand small files it takes a tenth. Null for anything else; follows no link. */
  readPlainSync(path: string): string | null;
  statPlainSync(path: string): Stats | null;
}

/** ENOTDIR: what should be a folder on its way is a file, so there is nothing below it. */
const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
const absent = (error: unknown): null => {
  if (isMissing(error)) return null;
  throw error;
};

function openFile(handle: FileHandle): OpenFile {
  return {
    write: async (bytes, position) => (await handle.write(bytes, 0, bytes.length, position ?? null)).bytesWritten,
    read: async (bytes, position) => (await handle.read(bytes, 0, bytes.length, position)).bytesRead,
    sync: () => handle.sync(),
    truncate: (length) => handle.truncate(length),
    stat: () => handle.stat(),
    close: () => handle.close(),
  };
}

export const nodeFiles: Files = {
  readText: (path) => readFile(path, 'utf8'),
  readBytes: (path) => readFile(path),
  chunks: (path, { start, end, chunkBytes = 1 << 18, signal } = {}) =>
    createReadStream(path, { start, end, highWaterMark: chunkBytes, ...(signal ? { signal } : {}) }),
  open: async (path, flags, mode = 0o600) => openFile(await open(path, flags, mode)),
  rename,
  remove: (path) => rm(path, { force: true }),
  makeFolder: (path, mode = 0o700) => makeFolder(path, mode),
  list: async (path) => ((await readdir(path).catch(absent)) ?? []).toSorted(),
  stat: (path) => stat(path).catch(absent),
  realPath: (path) => realpath(path).catch(absent),
  lstat: (path) => lstat(path).catch(absent),
  writable: (path) =>
    access(path, constants.W_OK).then(
      () => true,
      () => false,
    ),
  syncFolder: async (path) => {
    const handle = await open(path, constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
  },
  writeSync: (path, text) => {
    makeFolderSync(dirname(path), 0o700);
    // As replaceFile: never through a link that somebody laid there.
    rmSync(`${path}.tmp`, { force: true });
    writeFileSync(`${path}.tmp`, text, { mode: 0o600, flag: 'wx' });
    renameSync(`${path}.tmp`, path);
  },
  readSync: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      return absent(error);
    }
  },
  removeSync: (path) => rmSync(path, { force: true }),
  readPlainSync,
  statPlainSync,
};

/** A screen over a node stream. A reader that has gone (EPIPE) is not an error: there is nobody to tell. */
function openScreen(stream: NodeJS.WriteStream): Screen {
  let gone = false;
  let failure: Error | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') failure ??= error;
    gone = true;
  });
  return {
    get failure() {
      return failure;
    },
    write: (text) => (gone ? Promise.resolve(false) : new Promise((resolve) => void stream.write(text, () => resolve(!gone)))),
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns || 80;
    },
  };
}

/** What comes in by a stream. Its own iterator would not close it while a read waits, and a writer that stays would hold the process. */
function comingIn(stream: NodeJS.ReadableStream & { destroy(): void }): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
      return {
        next: () => chunks.next(),
        return: async () => {
          stream.destroy();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** This process, and a way to ask whether another one runs: signal 0 asks without sending anything. */
export const thisProcess = {
  pid: process.pid,
  isAlive(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
};

/** One for each stream: every one listens for its errors. */
const screens = new WeakMap<NodeJS.WriteStream, Screen>();

function sharedScreen(stream: NodeJS.WriteStream): Screen {
  const screen = screens.get(stream) ?? openScreen(stream);
  screens.set(stream, screen);
  return screen;
}

/** Another program's socket is no pipe: nobody may ever write to it. */
function isStdinPiped(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isFile();
  } catch {
    // Closed.
    return false;
  }
}

/** The real outside. */
export function nodeIo(): Io {
  return {
    files: nodeFiles,
    net: nodeNetwork,
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}),
    every: (ms, run) => {
      const timer = setInterval(run, ms).unref();
      return () => clearInterval(timer);
    },
    stdin: () => comingIn(process.stdin),
    isPiped: isStdinPiped,
    start: startProgram,
    stdout: sharedScreen(process.stdout),
    stderr: sharedScreen(process.stderr),
    terminal: nodeTerminal,
    env: process.env,
  };
}

/** Writes all bytes, finishing short writes. */
export async function writeAll(file: OpenFile, bytes: Uint8Array, position?: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const at = position === undefined ? undefined : position + done;
    const written = await file.write(done === 0 ? bytes : bytes.subarray(done), at);
    if (written === 0) throw Object.assign(new Error('the file took no bytes'), { code: 'EIO' });
    done += written;
  }
}

/**
 * Replaces a file as a whole: temporary file, fsync, rename, fsync of the folder. After a crash it is the old or the new one.
 * `fsync: 'file'` leaves the folder to who replaces many in it.
 */
export async function replaceFile(
  files: Files,
  path: string,
  bytes: Uint8Array,
  { fsync = true }: { fsync?: boolean | 'file' } = {},
): Promise<void> {
  const temporary = `${path}.tmp`;
  // What a crash left goes first; then `wx`, which never writes through a link that somebody laid there.
  await files.remove(temporary);
  const file = await files.open(temporary, 'wx');
  try {
    await writeAll(file, bytes);
    if (fsync !== false) await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(temporary, path);
  if (fsync === true) await files.syncFolder(dirname(path));
}
