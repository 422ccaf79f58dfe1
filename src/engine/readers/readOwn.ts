import { waited } from '../../base/waiting.ts';
import { CaducusError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import type { Pipeline, SourceNode } from '../../pipeline/definition.ts';
import { stateFolder } from '../../run/checkpoint/checkpointing.ts';
import type { LockSelf } from '../../store/lock.ts';
import { Superseded } from '../transport.ts';
import { readWith } from './readWith.ts';
import { openReaderFolder } from './readerFolder.ts';
import { runReader, type ReaderOptions } from './runReader.ts';

/** How long who may not read waits before it asks again, milliseconds. */
const askEvery = 5_000;

export interface ReadOwnOptions extends Omit<ReaderOptions, 'source' | 'reader'> {
  io: Io;
  dataDir: string;
  /** What tells this process from all others. */
  id: string;
  self: LockSelf;
  /** Hears what this process does not read, and why: a sentence. */
  tell(text: string): void;
}

/** Offers what comes at a source to this machine, until the signal aborts. Where another process does so here, it stands by. */
export async function readOwn(node: SourceNode, pipeline: Pipeline, options: ReadOwnOptions): Promise<void> {
  const { io, signal, tell } = options;
  let isAnnounced = false;
  do {
    try {
      await readFolder(node, pipeline, options);
    } catch (error) {
      // Another process reads in this folder, or on this machine.
      const isTaken = error instanceof CaducusError && error.code === 'CAD070';
      if (!isTaken && !(error instanceof Superseded) && !(error instanceof CaducusError && error.code === 'CAD041')) throw error;
      if (isTaken && !isAnnounced) tell(`This process does not listen at ${node.id}, and tries again: ${error.what}`);
      isAnnounced ||= isTaken;
    }
  } while (await waited(io, askEvery, signal));
}

async function readFolder(node: SourceNode, pipeline: Pipeline, options: ReadOwnOptions): Promise<void> {
  const { io, dataDir, id, self, tell } = options;
  const folder = await openReaderFolder(io, stateFolder(dataDir, pipeline.name), {
    source: node.id,
    reader: id.replaceAll(/[^\w-]/g, '_'),
    self,
  });
  const signal = AbortSignal.any([options.signal, folder.held.lost]);
  try {
    await readWith(node, pipeline, { io, dataDir, signal, tell }, (feed) =>
      runReader(feed, { ...options, signal, source: node.id, reader: folder.reader }),
    );
  } finally {
    await folder.held.release();
  }
}
