import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readSync, type Stats } from 'node:fs';

/** What opening says where there is no plain file: nothing, a link, a socket. */
const notPlain: readonly (string | undefined)[] = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'];
/** Where the system has no flag for it, as on Windows, there are next to no links. A pipe is opened without waiting for its writer. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** One for all, since none is read while another one is. */
const room = Buffer.allocUnsafe(1 << 16);

function orNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (notPlain.includes((error as NodeJS.ErrnoException).code)) return null;
    throw error;
  }
}

/** The text of a plain file; null where there is none. Follows no link. */
export function readPlainSync(path: string): string | null {
  const handle = orNull(() => openSync(path, flags));
  if (handle === null) return null;
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) return null;
    if (stats.size >= room.length) return readFileSync(handle, 'utf8');
    let length = 0;
    for (let read = -1; read !== 0 && length < room.length; length += read)
      read = readSync(handle, room, length, room.length - length, null);
    // It has grown meanwhile.
    if (length === room.length) return room.toString('utf8') + readFileSync(handle, 'utf8');
    return room.toString('utf8', 0, length);
  } finally {
    closeSync(handle);
  }
}

/** What is known of a plain file; null where there is none. Follows no link. */
export function statPlainSync(path: string): Stats | null {
  const stats = orNull(() => lstatSync(path));
  return stats?.isFile() ? stats : null;
}
