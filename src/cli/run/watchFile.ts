import { digest } from '../../base/digest.ts';
import { waited } from '../../base/waiting.ts';
import type { Io } from '../../io.ts';

/** How often a file is looked at, milliseconds. */
const lookEvery = 1_000;

/**
 * Calls `changed` each time a file is another than before, once it has stayed so for a look: an editor may still be writing.
 * A file that is gone for a while is being replaced. Ends when the signal aborts.
 */
export async function watchFile(
  io: Pick<Io, 'files' | 'sleep'>,
  path: string,
  signal: AbortSignal,
  changed: () => Promise<void>,
): Promise<void> {
  const look = async () => {
    try {
      return digest(await io.files.readText(path), 24);
    } catch {
      // It is being replaced, or may not be read now: what runs goes on.
      return null;
    }
  };
  let taken = await look();
  let before = taken;
  while (await waited(io, lookEvery, signal)) {
    const now = await look();
    if (now !== null && now === before && now !== taken) {
      taken = now;
      await changed();
    }
    before = now;
  }
}
