import { join } from 'node:path';
import { CaducusError } from '../../errors.ts';
import { thisProcess, writeAll, type Io } from '../../io.ts';
import { cannotRead } from '../../sources/file/fileErrors.ts';

/** Bytes of a pipe that are put on disk to be read backwards. */
export const spooledBytes = 2 ** 30;

/**
 * Puts standard input on disk, to its end or until somebody stops, and says where. Throws CAD002 where there is more than
 * fits, with the command that turns it round.
 */
export async function spoolStdin(
  io: Io,
  dataDir: string,
  signal: AbortSignal,
  most = spooledBytes,
): Promise<{ path: string; size: number }> {
  const folder = join(dataDir, 'state', 'radar');
  const path = join(folder, `stdin-${thisProcess.pid}`);
  const input = io.stdin()[Symbol.asyncIterator]();
  const stopped = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
  let size = 0;
  try {
    await io.files.makeFolder(folder);
    const file = await io.files.open(path, 'w');
    try {
      for (let next = await input.next(); !next.done && !signal.aborted;) {
        size += next.value.length;
        if (size > most) throw tooLong(most);
        await writeAll(file, next.value);
        const more = await Promise.race([input.next(), stopped]);
        if (more === null) break;
        next = more;
      }
    } finally {
      await file.close();
    }
    return { path, size };
  } catch (error) {
    await io.files.remove(path);
    throw error instanceof CaducusError ? error : cannotRead(path, error);
  }
}

const tooLong = (most: number): CaducusError =>
  new CaducusError('CAD002', {}, `standard input is written newest first, and longer than ${Math.round(most / 2 ** 20)} MiB`, {
    hint: 'Turn it round on its way: ... | tac | caducus radar -   (or give the file itself)',
  });
