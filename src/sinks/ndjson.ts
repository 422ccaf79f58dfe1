import { dirname } from 'node:path';
import { z } from 'zod';
import { CaducusError } from '../errors.ts';
import type { Json } from '../event.ts';
import { writeAll, type Files } from '../io.ts';
import { endLastLine } from '../store/endLastLine.ts';
import { selected, zeroCounters } from './counters.ts';
import { fsyncOption } from './fsyncOption.ts';
import { recordOf } from './recordOf.ts';
import { defineSink, selectOption, type OpenSink } from './sink.ts';
import { writablePlace } from './writablePlace.ts';
import { bytes as written } from '../views/text/numbers.ts';

const options = z.strictObject({
  path: z.string().min(1).describe('File to write, one JSON record a line.'),
  select: selectOption(['event']),
  append: z.boolean().default(false).describe('Keep what is in the file at the first start, and write behind it.'),
  fsync: fsyncOption,
});

/** Where the file stood at a checkpoint; null for anything else, such as another sink's position. */
function offsetIn(from: Json | null, path: string): number | null {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  return from.path === path && typeof from.offset === 'number' ? from.offset : null;
}

/** Opens the file cut to the checkpoint, emptied, or behind what it holds, and says at which offset to go on. */
async function openAt(files: Files, path: string, from: number | null, append: boolean) {
  if (from === null && !append) return { file: await files.open(path, 'w'), offset: 0 };
  const there = await files.stat(path);
  if (from !== null && (there?.size ?? 0) < from) {
    throw new CaducusError('CAD011', { file: path }, `is shorter than at the last checkpoint (${there?.size ?? 0} of ${from} bytes)`, {
      hint: 'Put the file back, or remove the state of the pipeline to start anew.',
    });
  }
  const end = from ?? (await endLastLine(files, path, there?.size ?? 0));
  const file = await files.open(path, there ? 'r+' : 'w');
  if (from !== null) await file.truncate(from);
  return { file, offset: end };
}

/**
 * One JSON line a signal. Exactly once in effect: at a restart the file is cut back to the checkpoint's offset. Throws
 * CAD011 when the file has become shorter than that.
 */
export const ndjson = defineSink({
  name: 'ndjson',
  summary: 'Writes each record as a line of JSON to a file.',
  options,
  probe: ({ path }, { io }) => writablePlace(io.files, path),
  open: async ({ path, select, append, fsync }, { io, from }): Promise<OpenSink> => {
    await io.files.makeFolder(dirname(path));
    const { file, offset: start } = await openAt(io.files, path, offsetIn(from, path), append);
    const kinds = new Set(select);
    const counters = zeroCounters();
    let offset = start;
    let dirty = true;
    return {
      counters,
      async write(batch) {
        const taken = selected(batch, kinds, counters);
        if (taken.length === 0) return;
        const bytes = Buffer.from(taken.map((signal) => `${JSON.stringify(recordOf(signal))}\n`).join(''));
        // At a stated place: when a write fails half-way, the same batch again goes over what it left.
        await writeAll(file, bytes, offset);
        offset += bytes.length;
        counters.written += taken.length;
        dirty = true;
      },
      async flush() {
        if (dirty && fsync === 'checkpoint') {
          await file.sync();
          if (offset === start || start === 0) await io.files.syncFolder(dirname(path));
        }
        dirty = false;
      },
      position: () => ({ path, offset }),
      close: () => file.close(),
      note: () => `${written(offset - start)} in ${path}`,
      figures: () => ({ path, bytes: offset }),
    };
  },
});
