import type { Files, Io, OpenFile } from '../../src/io.ts';

/** Calls whose answer does not come again: those that fail once must cost nothing. */
export interface FailingOnce {
  io: Io;
  /** Calls so far, over files and network. */
  calls(): number;
  /** What the call was that failed; null while none has. */
  failed(): string | null;
}

/**
 * An outside of which the `at`-th call (from 1) fails once, whatever it is: a call for a file with EIO, a write after half its
 * bytes, one to the network as if the connection had been cut. Whoever closes a file that failed has closed it all the same.
 */
export function failingOnce(io: Io, at: number): FailingOnce {
  let [calls, failed]: [number, string | null] = [0, null];
  const isDue = (what: string): boolean => {
    calls += 1;
    if (calls !== at) return false;
    failed = what;
    return true;
  };
  const error = (what: string, path: string) => Object.assign(new Error(`${what} ${path}: input/output error`), { code: 'EIO', path });
  const wrap = (file: OpenFile, path: string): OpenFile => ({
    async write(bytes, position) {
      if (!isDue(`write ${path}`)) return file.write(bytes, position);
      await file.write(bytes.subarray(0, bytes.length >> 1), position);
      throw error('write', path);
    },
    ...after('read', (bytes: Uint8Array, position: number) => file.read(bytes, position)),
    ...after('sync', () => file.sync()),
    ...after('truncate', (length: number) => file.truncate(length)),
    ...after('stat', () => file.stat()),
    async close() {
      await file.close();
      if (isDue(`close ${path}`)) throw error('close', path);
    },
  });
  /** A method that is only reached when it does not fail. */
  function after<Name extends string, Given extends unknown[], T>(
    name: Name,
    call: (...given: Given) => Promise<T>,
  ): Record<Name, (...given: Given) => Promise<T>> {
    return {
      [name]: async (...given: Given) => {
        if (isDue(name)) throw error(name, '');
        return call(...given);
      },
    } as Record<Name, (...given: Given) => Promise<T>>;
  }
  const { files, net } = io;
  const now =
    <Given extends [string, ...unknown[]], T>(name: keyof Files, call: (...given: Given) => T) =>
    (...given: Given): T => {
      if (isDue(`${name} ${given[0]}`)) throw error(name, given[0]);
      return call(...given);
    };
  const later = <Given extends [string, ...unknown[]], T>(name: keyof Files, call: (...given: Given) => Promise<T>) => {
    const guarded = now(name, call);
    return async (...given: Given): Promise<T> => guarded(...given);
  };
  const failing: Files = {
    readText: later('readText', files.readText),
    readBytes: later('readBytes', files.readBytes),
    async *chunks(path, range) {
      if (isDue(`chunks ${path}`)) throw error('read', path);
      yield* files.chunks(path, range);
    },
    open: later('open', async (path: string, flags, mode) => wrap(await files.open(path, flags, mode), path)) as Files['open'],
    rename: later('rename', files.rename),
    remove: later('remove', files.remove),
    makeFolder: later('makeFolder', files.makeFolder),
    list: later('list', files.list),
    stat: later('stat', files.stat),
    realPath: later('realPath', files.realPath),
    lstat: later('lstat', files.lstat),
    writable: later('writable', files.writable),
    syncFolder: later('syncFolder', files.syncFolder),
    writeSync: now('writeSync', files.writeSync),
    readSync: now('readSync', files.readSync),
    removeSync: now('removeSync', files.removeSync),
    readPlainSync: now('readPlainSync', files.readPlainSync),
    statPlainSync: now('statPlainSync', files.statPlainSync),
  };
  return {
    io: {
      ...io,
      files: failing,
      net: {
        ...net,
        fetch: async (url, init) => {
          if (isDue(`fetch ${url}`))
            throw Object.assign(new TypeError('fetch failed'), {
              cause: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
            });
          return net.fetch(url, init);
        },
      },
    },
    calls: () => calls,
    failed: () => failed,
  };
}
