import type { Stats } from 'node:fs';
import { dirname, normalize } from 'node:path';
import type { Files, OpenFile } from '../../src/io.ts';

interface Inode {
  number: number;
  /** What the system would give to a reader now, and what is on the disk. */
  live: Buffer;
  durable: Buffer;
}

/** A file system in memory that knows what has been forced to disk. */
export interface MemoryFiles extends Files {
  /**
   * A power cut: of what was not forced to disk, each file and each name stays, goes or (a file) is torn, as `chance`
   * decides. Names are lost only in folders that were not synced since.
   */
  cutPower(chance: () => number): void;
  /** The disk as it is now, for a run of its own: what still writes to this one does not reach it. */
  copy(): MemoryFiles;
  /** Every file with its text, by path. */
  texts(): Record<string, string>;
}

const failure = (code: string, path: string) => Object.assign(new Error(`${code}: ${path}`), { code, path });

/** @param largest bytes that a read gives at a time, so that a small file comes in several batches */
export function memoryFiles({ largest = 1 << 18 } = {}): MemoryFiles {
  return over({ live: new Map(), durable: new Map(), folders: new Set(['/', '.']) }, largest);
}

interface Disk {
  live: Map<string, Inode>;
  durable: Map<string, Inode>;
  folders: Set<string>;
}

function copyOf({ live, durable, folders }: Disk): Disk {
  const inodes = new Map([...live.values(), ...durable.values()].map((inode) => [inode, { ...inode }]));
  const copied = (names: Map<string, Inode>) => new Map([...names].map(([path, inode]) => [path, inodes.get(inode)!]));
  return { live: copied(live), durable: copied(durable), folders: new Set(folders) };
}

function over(disk: Disk, largest: number): MemoryFiles {
  const { live, durable, folders } = disk;
  let inodes = Math.max(0, ...[...live.values()].map(({ number }) => number));
  const at = (path: string) => {
    const inode = live.get(normalize(path));
    if (!inode) throw failure('ENOENT', path);
    return inode;
  };
  const create = (path: string) => {
    if (!folders.has(dirname(normalize(path)))) throw failure('ENOENT', path);
    const inode = { number: (inodes += 1), live: Buffer.alloc(0), durable: Buffer.alloc(0) };
    live.set(normalize(path), inode);
    return inode;
  };
  const statsOf = (path: string): Stats | null => {
    const inode = live.get(normalize(path));
    if (!inode && !folders.has(normalize(path))) return null;
    const is = { isFile: () => inode !== undefined, isDirectory: () => inode === undefined, isSymbolicLink: () => false };
    return { ...is, size: inode?.live.length ?? 0, dev: 1, ino: inode?.number ?? 0, mtimeMs: 0 } as Stats;
  };
  const makeFolder = (path: string) => {
    for (let folder = normalize(path); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  };
  const opened = (inode: Inode, path: string, append: boolean): OpenFile => ({
    async write(bytes, position) {
      const start = append || position === undefined ? inode.live.length : position;
      const grown = Buffer.alloc(Math.max(inode.live.length, start + bytes.length));
      inode.live.copy(grown);
      grown.set(bytes, start);
      inode.live = grown;
      return bytes.length;
    },
    async read(bytes, position) {
      return inode.live.copy(bytes, 0, position);
    },
    sync: async () => void (inode.durable = inode.live),
    truncate: async (length) =>
      void (inode.live = Buffer.concat([inode.live.subarray(0, length), Buffer.alloc(Math.max(0, length - inode.live.length))])),
    stat: async () => ({ ...statsOf(path), size: inode.live.length }) as Stats,
    close: async () => {},
  });
  const move = (from: string, to: string) => {
    live.set(normalize(to), at(from));
    live.delete(normalize(from));
  };
  return {
    readText: async (path) => at(path).live.toString('utf8'),
    readBytes: async (path) => at(path).live,
    async *chunks(path, { start = 0, end, chunkBytes = 1 << 18 } = {}) {
      const bytes = at(path).live.subarray(start, end === undefined ? undefined : end + 1);
      const size = Math.min(chunkBytes, largest);
      for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
    },
    async open(path, flags) {
      const there = live.get(normalize(path));
      if (flags === 'wx' && there) throw failure('EEXIST', path);
      if ((flags === 'r' || flags === 'r+') && !there) throw failure('ENOENT', path);
      const inode = there ?? create(path);
      if (flags === 'w') inode.live = Buffer.alloc(0);
      return opened(inode, path, flags === 'a');
    },
    rename: async (from, to) => move(from, to),
    remove: async (path) => void live.delete(normalize(path)),
    makeFolder: async (path) => makeFolder(path),
    async list(path) {
      const folder = normalize(path);
      const names = [...live.keys(), ...folders].filter((one) => dirname(one) === folder && one !== folder);
      return names.map((one) => one.slice(folder.length + 1)).toSorted();
    },
    stat: async (path) => statsOf(path),
    lstat: async (path) => statsOf(path),
    realPath: async (path) => (statsOf(path) ? normalize(path) : null),
    writable: async () => true,
    async syncFolder(path) {
      const folder = normalize(path);
      for (const known of [...durable.keys()]) if (dirname(known) === folder && !live.has(known)) durable.delete(known);
      for (const [known, inode] of live) if (dirname(known) === folder) durable.set(known, inode);
    },
    writeSync(path, text) {
      makeFolder(dirname(path));
      const inode = create(path);
      inode.live = Buffer.from(text);
    },
    readSync: (path) => live.get(normalize(path))?.live.toString('utf8') ?? null,
    removeSync: (path) => void live.delete(normalize(path)),
    readPlainSync: (path) => live.get(normalize(path))?.live.toString('utf8') ?? null,
    statPlainSync: (path) => (live.has(normalize(path)) ? statsOf(path) : null),
    cutPower(chance) {
      const names = new Set([...live.keys(), ...durable.keys()]);
      for (const path of names) {
        if (live.get(path) === durable.get(path)) continue;
        const inode = chance() < 0.5 ? live.get(path) : durable.get(path);
        if (inode) live.set(path, inode);
        else live.delete(path);
      }
      for (const inode of new Set(live.values())) {
        if (inode.live !== inode.durable) {
          const luck = chance();
          // What was only added to keeps its forced beginning; what was written over may be torn anywhere.
          const { length } = inode.durable;
          const safe = inode.live.length >= length && inode.live.subarray(0, length).equals(inode.durable) ? length : 0;
          if (luck < 0.4) inode.live = inode.durable;
          else if (luck < 0.7) inode.live = inode.live.subarray(0, safe + Math.floor(chance() * (inode.live.length - safe)));
        }
        inode.durable = inode.live;
      }
      durable.clear();
      for (const [path, inode] of live) durable.set(path, inode);
    },
    copy: () => over(copyOf(disk), largest),
    texts: () =>
      Object.fromEntries(
        [...live].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([path, { live: bytes }]) => [path, bytes.toString('utf8')]),
      ),
  };
}
