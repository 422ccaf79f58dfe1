import { basename, dirname } from 'node:path';
import { CaducusError } from '../../errors.ts';
import type { Files } from '../../io.ts';
import { nearestWord } from '../../base/text/didYouMean.ts';
import { isGlob } from './glob.ts';

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  EIO: 'the device failed',
  ELOOP: 'its symbolic links go in a circle',
  EMFILE: 'too many files are open',
};

/** The error of a file that is there and cannot be read. */
export function cannotRead(path: string, error: unknown): CaducusError {
  if (error instanceof CaducusError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new CaducusError('CAD011', { file: path }, `cannot read ${path}: ${reasons[code] ?? message}`, { cause: error });
}

/** The error of a file that is not there, with the name beside it that was probably meant, or how something of the network is read. */
export async function notFound(path: string, files: Pick<Files, 'list'>): Promise<CaducusError> {
  return new CaducusError('CAD010', { file: path }, `there is no file ${path}`, await hintFor(path, files));
}

async function hintFor(path: string, files: Pick<Files, 'list'>): Promise<{ hint?: string }> {
  if (/^https?:\/\//.test(path)) return { hint: `Files are read, no addresses: curl -s ${path} | caducus radar -` };
  if (isGlob(path)) return {};
  const name = basename(path);
  const meant = nearestWord(name, await files.list(dirname(path)).catch(() => []));
  return meant === null ? {} : { hint: `did you mean "${path.slice(0, -name.length)}${meant}"?` };
}

export const isFolder = (path: string): CaducusError =>
  new CaducusError('CAD011', { file: path }, `${path} is a folder`, {
    hint: `Name the files in it with a glob, such as "${path.replace(/\/+$/, '')}/*.log".`,
  });

/** Whether reading was refused, which may change: the file is there and its permissions are in the way. */
export function isRefusal(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return code === 'EACCES' || code === 'EPERM' || (cause !== undefined && cause !== error && isRefusal(cause));
}
