import { join } from 'node:path';
import { recordLine } from '../../base/recordText.ts';
import { replaceFile, type Io } from '../../io.ts';
import { lock, type Lock, type LockSelf } from '../../store/lock.ts';

/** What a reader of a source that takes what comes to its machine keeps there: its journal, for one, and what it is called. */
export interface ReaderFolder {
  /** What tells it from the readers of other folders. */
  reader: string;
  held: Lock;
}

/**
 * The folder of a source among those of a pipeline's state, for one process at a time; `reader` names it where it is new.
 * Throws CAD041 while another process reads there.
 */
export async function openReaderFolder(
  io: Io,
  stateFolder: string,
  { source, reader, self }: { source: string; reader: string; self: LockSelf },
): Promise<ReaderFolder> {
  const folder = join(stateFolder, 'readers', encodeURIComponent(source));
  const held = await lock(io, join(folder, 'lock'), self);
  try {
    const path = join(folder, 'reader.json');
    const text = (await io.files.stat(path)) ? await io.files.readText(path) : null;
    if (text !== null) return { reader: (JSON.parse(text) as { reader: string }).reader, held };
    await replaceFile(io.files, path, Buffer.from(recordLine({ reader })));
    return { reader, held };
  } catch (error) {
    await held.release();
    throw error;
  }
}
