import { recordLine } from '../base/recordText.ts';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { byteSize, duration } from '../../config/scalars.ts';
import { isObject } from '../base/isObject.ts';
import { CaducusError } from '../errors.ts';
import type { Json } from '../event.ts';
import type { Files } from '../io.ts';
import type { Flow } from '../signal.ts';
import { endLastLine } from '../store/endLastLine.ts';
import { selected, zeroCounters } from './counters.ts';
import { fsyncOption } from './fsyncOption.ts';
import { makeRecord } from './makeRecord.ts';
import { defineSink, selectOption, type OpenSink } from './sink.ts';
import { OutputFile } from './outputFile.ts';
import { listAside, nodeIn, readHead, takeBack, type Head } from './rotatedFiles.ts';
import { writablePlace } from './writablePlace.ts';
import { bytes as written } from '../views/text/numbers.ts';

const options = z.strictObject({
  path: z.string().min(1).describe('File to write, one JSON record a line.'),
  select: selectOption(['event']),
  append: z.boolean().default(false).describe('Keep what is in the file at the first start, and write behind it.'),
  rotate: z
    .strictObject({
      maxBytes: byteSize.optional().describe('A file that a record would make longer than this is put aside.'),
      maxAge: duration.optional().describe('A file that was begun so long ago is put aside when the next record comes.'),
      keep: z.int().min(1).max(1000).default(5).describe('So many files that were put aside stay: `.1` is the newest.'),
    })
    .refine(({ maxBytes, maxAge }) => maxBytes !== undefined || maxAge !== undefined, 'give max_bytes, max_age or both')
    .optional()
    .describe('Puts the file aside when it is long or old, and begins a new one. Without it, rotation by others is followed.'),
  fsync: fsyncOption,
});

/** Where a file stood at a checkpoint. `node`: device and inode; null where an older release did not say. */
interface Place {
  offset: number;
  node: string | null;
  /** When the file was begun, milliseconds since 1970; null where an older release did not say. */
  began: number | null;
  /** What it is, and what the files are that were put aside by then; null where the sink does not do that itself. */
  rotated: { head: Head; aside: Head[] } | null;
  /** Bytes of the file that went with the oldest ones before a restart. */
  gone: number;
}

const isHead = (value: Json | undefined): value is Head =>
  isObject(value) && typeof value['bytes'] === 'number' && typeof value['hash'] === 'string';

/** null for anything else, such as another sink's position. */
function readPlace(from: Json | null, path: string): Place | null {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  if (from.path !== path || typeof from.offset !== 'number') return null;
  const { offset, node, began, head, aside, gone } = from;
  return {
    offset,
    node: typeof node === 'string' ? node : null,
    began: typeof began === 'number' ? began : null,
    rotated: isHead(head) && Array.isArray(aside) && head.bytes > 0 === offset > 0 ? { head, aside: aside.filter(isHead) } : null,
    gone: typeof gone === 'number' ? gone : 0,
  };
}

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

/** Characters that become bytes at a time: texts of many more lie apart from small ones in memory, which is dear. */
const textLength = 1 << 15;

/** Lines of records. */
const writeLine = (signal: Flow): string => recordLine(makeRecord(signal));

/** The lines of signals from one on. Texts become bytes together: one by one costs more than writing them does. */
function allLines(signals: readonly Flow[], from: number): { bytes: Buffer; count: number } {
  const parts: Buffer[] = [];
  let text = '';
  for (let i = from; i < signals.length; i += 1) {
    text += writeLine(signals[i]!);
    if (text.length < textLength) continue;
    parts.push(Buffer.from(text));
    text = '';
  }
  parts.push(Buffer.from(text));
  return { bytes: Buffer.concat(parts), count: signals.length - from };
}

/** As above, up to one for which there is no room behind those before it. */
function linesFor(
  signals: readonly Flow[],
  from: number,
  isFull: (bytes: number, before: number) => boolean,
): { bytes: Buffer; count: number } {
  const parts: Buffer[] = [];
  let length = 0;
  for (let i = from; i < signals.length; i += 1) {
    const line = Buffer.from(writeLine(signals[i]!));
    if (isFull(line.length, length)) break;
    parts.push(line);
    length += line.length;
  }
  return { bytes: Buffer.concat(parts), count: parts.length };
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
  open: async ({ path, select, append, rotate, fsync }, { io, from }): Promise<OpenSink> => {
    await io.files.makeFolder(dirname(path));
    const place = readPlace(from, path);
    if (rotate && place?.rotated) await takeBack(io.files, path, place.rotated, rotate.keep);
    // More was put aside since than stays: the file went with it.
    const isGone = Boolean(place?.rotated) && rotate !== undefined && (await io.files.stat(path)) === null;
    const { file, offset } = await openAt(io.files, path, isGone ? null : place, append);
    const gone = (place?.gone ?? 0) + (isGone ? place!.offset : 0);
    const node = nodeIn(await file.stat());
    const began = place?.began ?? io.now();
    const aside = rotate ? await listAside(io.files, path, rotate.keep) : [];
    const head = (await readHead(io.files, path, offset))!;
    const out = new OutputFile(
      path,
      { file, offset, node, began, aside, gone, head },
      { files: io.files, now: () => io.now() },
      { rotate, durable: fsync === 'checkpoint' },
    );
    const kinds = new Set(select);
    const counters = zeroCounters();
    /** How many of a batch that failed half-way are in files that were put aside since: it comes again as it was. */
    let failed: { first: Flow; done: number } | null = null;
    return {
      counters,
      async write(batch) {
        const taken = selected(batch, kinds, counters);
        if (taken.length === 0) return;
        await out.follow();
        let done = failed !== null && failed.first === taken[0] ? failed.done : 0;
        failed = null;
        try {
          while (done < taken.length) {
            const lines = rotate ? linesFor(taken, done, (bytes, before) => out.isFullFor(bytes, before)) : allLines(taken, done);
            if (lines.count === 0) await out.rotate();
            else await out.write(lines.bytes);
            done += lines.count;
          }
        } catch (error) {
          failed = { first: taken[0]!, done };
          throw error;
        }
        counters.written += taken.length;
      },
      flush: () => out.flush(),
      position: () => out.position(),
      close: () => out.close(),
      note: () => `${written(out.total)} in ${path}`,
      figures: () => ({ path, bytes: out.offset }),
    };
  },
});
