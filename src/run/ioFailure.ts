import { CaducusError, type Where } from '../errors.ts';

/** What the codes of the operating system mean, for people. */
const words: Record<string, string> = {
  EACCES: 'permission denied',
  EBUSY: 'something else is using it',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than this disk can hold',
  EIO: 'the device failed',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open in this process',
  ENFILE: 'too many files are open on this machine',
  ENOENT: 'it is gone',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a part of its path is no folder',
  EPERM: 'permission denied',
  EROFS: 'the disk can only be read',
};

/**
 * A failure of the disk as an error of the catalogue (CAD011), with what the system's code means. Anything else comes back
 * as it is: an error of the catalogue already, or a bug.
 */
export function ioFailure(error: unknown, where: Where): unknown {
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (!(error instanceof Error) || typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return error;
  const known = words[code];
  return new CaducusError('CAD011', where, `${path ? `${path}: ` : ''}${known ? `${known} (${code})` : message}`, { cause: error });
}
