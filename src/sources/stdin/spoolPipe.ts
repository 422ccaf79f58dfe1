import { join } from 'node:path';
import { CaducusError } from '../../errors.ts';
import { thisProcess, writeAll, type Io } from '../../io.ts';
import { cannotRead } from '../file/fileErrors.ts';

/** Bytes of a pipe that are put on disk to be read backwards. */
export const spooledBytes = 2 ** 30;

export interface Spooling {
  /** Where it is put. */
  folder: string;
  /** Ends the waiting: what has come by then is all. */
  signal: AbortSignal;
  /** What could be called in its place behind `tac`, such as `caducus radar -`. */
  command: string;
  most?: number;
}

/**
 * Puts a pipe on disk, to its end or until somebody stops, and says where. Throws CAD002 where there is more than fits, with
 * the command that turns it round; CAD011 where the disk does not take it.
 */
export async function spoolPipe(
  { files }: Pick<Io, 'files'>,
  chunks: AsyncIterable<Uint8Array>,
  { folder, signal, command, most = spooledBytes }: Spooling,
): Promise<{ path: string; size: number }> {
  const path = join(folder, `stdin-${thisProcess.pid}`);
  const input = chunks[Symbol.asyncIterator]();
  const stopped = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  let size = 0;
  try {
    await files.makeFolder(folder);
    const file = await files.open(path, 'w');
    try {
      for (let next = await Promise.race([input.next(), stopped]); next !== null && !next.done;) {
        size += next.value.length;
        if (size > most) throw tooLong(most, command);
        await writeAll(file, next.value);
        next = await Promise.race([input.next(), stopped]);
      }
    } finally {
      await file.close();
    }
    return { path, size };
  } catch (error) {
    await files.remove(path);
    throw error instanceof CaducusError ? error : cannotRead(path, error);
  }
}

const tooLong = (most: number, command: string): CaducusError =>
  new CaducusError('CAD002', {}, `standard input is written newest first, and longer than ${Math.round(most / 2 ** 20)} MiB`, {
    hint: `Turn it round on its way: ... | tac | ${command}   (or give the file itself)`,
  });
