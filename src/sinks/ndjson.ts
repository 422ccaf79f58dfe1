import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { CaducusError } from '../errors.ts';
import type { Json } from '../event.ts';
import { writeAll, type Files } from '../io.ts';
import { endLastLine } from '../store/endLastLine.ts';
import { selected, zeroCounters } from './counters.ts';
import { fsyncOption } from './fsyncOption.ts';
import { makeRecord } from './makeRecord.ts';
import { defineSink, selectOption, type OpenSink } from './sink.ts';
import { writablePlace } from './writablePlace.ts';
import { bytes as written } from '../views/text/numbers.ts';

const options = z.strictObject({
  path: z.string().min(1).describe('File to write, one JSON record a line.'),
  select: selectOption(['event']),
  append: z.boolean().default(false).describe('Keep what is in the file at the first start, and write behind it.'),
  fsync: fsyncOption,
});

/** Where a file stood at a checkpoint. `node`: device and inode; null where an older release did not say. */
interface Place {
  offset: number;
  node: string | null;
}

/** null for anything else, such as another sink's position. */
function readPlace(from: Json | null, path: string): Place | null {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  if (from.path !== path || typeof from.offset !== 'number') return null;
  return { offset: from.offset, node: typeof from.node === 'string' ? from.node : null };
}

const nodeIn = ({ dev, ino }: Pick<Stats, 'dev' | 'ino'>): string => `${dev}:${ino}`;

/** Where rotation has put the file since; null when it has not. */
async function findRotated(files: Files, path: string, node: string | null): Promise<string | null> {
  const there = await files.stat(path);
  if (node === null || (there && nodeIn(there) === node)) return null;
  for (const name of await files.list(dirname(path))) {
    const beside = join(dirname(path), name);
    if (name === basename(path) || !name.startsWith(basename(path))) continue;
    const stats = await files.stat(beside);
    if (stats && nodeIn(stats) === node) return beside;
  }
  return null;
}

async function cutTo(files: Files, path: string, length: number): Promise<void> {
  const file = await files.open(path, 'r+');
  await file.truncate(length).finally(() => file.close());
}

/** Opens the file cut to the checkpoint, emptied, or behind what it holds, and says at which offset to go on. */
async function openAt(files: Files, path: string, from: Place | null, append: boolean) {
  if (from === null && !append) return { file: await files.open(path, 'w'), offset: 0 };
  const rotated = from && (await findRotated(files, path, from.node));
  if (rotated) {
    // What came after the checkpoint comes again: out of the file that was put aside, and out of the one begun since.
    await cutTo(files, rotated, from.offset);
    return { file: await files.open(path, 'w'), offset: 0 };
  }
  const there = await files.stat(path);
  if (from !== null && (there?.size ?? 0) < from.offset) {
    throw new CaducusError(
      'CAD011',
      { file: path },
      `is shorter than at the last checkpoint (${there?.size ?? 0} of ${from.offset} bytes)`,
      {
        hint: 'Put the file back, or remove the state of the pipeline to start anew.',
      },
    );
  }
  const end = from?.offset ?? (await endLastLine(files, path, there?.size ?? 0));
  const file = await files.open(path, there ? 'r+' : 'w');
  if (from !== null) await file.truncate(from.offset);
  return { file, offset: end };
}

/**
 * One JSON line a signal. Exactly once in effect: at a restart the file is cut back to the checkpoint's offset. Throws
 * CAD011 when the file has become shorter than that. When rotation moves the file, the next record begins a new one.
 */
export const ndjson = defineSink({
  name: 'ndjson',
  summary: 'Writes each record as a line of JSON to a file.',
  options,
  probe: ({ path }, { io }) => writablePlace(io.files, path),
  open: async ({ path, select, append, fsync }, { io, from }): Promise<OpenSink> => {
    await io.files.makeFolder(dirname(path));
    let { file, offset } = await openAt(io.files, path, readPlace(from, path), append);
    let node = nodeIn(await file.stat());
    let isNew = offset === 0;
    let total = 0;
    /** Follows what rotation does to the file: it was moved, or copied and emptied. */
    const follow = async (): Promise<void> => {
      const there = await io.files.stat(path);
      if (there && nodeIn(there) === node) {
        offset = Math.min(offset, there.size);
        return;
      }
      if (fsync === 'checkpoint') await file.sync();
      await file.close();
      await io.files.makeFolder(dirname(path));
      file = await io.files.open(path, there ? 'r+' : 'w');
      offset = there?.size ?? 0;
      node = nodeIn(await file.stat());
      isNew = true;
    };
    const kinds = new Set(select);
    const counters = zeroCounters();
    let dirty = true;
    return {
      counters,
      async write(batch) {
        const taken = selected(batch, kinds, counters);
        if (taken.length === 0) return;
        const bytes = Buffer.from(taken.map((signal) => `${JSON.stringify(makeRecord(signal))}\n`).join(''));
        await follow();
        // At a stated place: when a write fails half-way, the same batch again goes over what it left.
        await writeAll(file, bytes, offset);
        offset += bytes.length;
        total += bytes.length;
        counters.written += taken.length;
        dirty = true;
      },
      async flush() {
        if (dirty && fsync === 'checkpoint') {
          await file.sync();
          if (isNew) await io.files.syncFolder(dirname(path));
        }
        dirty = false;
      },
      position: () => ({ path, offset, node }),
      close: () => file.close(),
      note: () => `${written(total)} in ${path}`,
      figures: () => ({ path, bytes: offset }),
    };
  },
});
