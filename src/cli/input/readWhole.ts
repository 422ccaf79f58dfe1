import { createParser, type FormatOption } from '../../formats/index.ts';
import type { FormatItem } from '../../formats/format.ts';
import { firstLine } from '../../formats/reading/readSamples.ts';
import { ReadingTally, type Counts, type Reading } from '../../formats/reading/readingTally.ts';
import type { StampOptions } from '../../formats/time/stampClock.ts';
import type { Io } from '../../io.ts';
import { cannotRead, notFound } from '../../sources/file/fileErrors.ts';
import { FileFinder } from '../../sources/file/fileFinder.ts';
import { openBytes } from '../../sources/file/openBytes.ts';

/** Bytes of one file or of a pipe, with the time it was written; `first` where one begins. */
interface Piece {
  bytes: Uint8Array;
  reference: number;
  first: boolean;
}

export interface WholeOptions {
  /** undefined: the reader finds out by itself. */
  format: FormatOption | undefined;
  /** How stamps are read that leave something open. */
  stamps: StampOptions;
  io: Io;
  stop: AbortSignal;
  show(progress: { read: number; newest: number | null }): void;
}

/**
 * Reads files, or standard input (`-`), to the end, and tells how, with the reasons of what was refused. Throws CAD010 when
 * there is no file and CAD011 when one cannot be read.
 */
export async function readWhole(
  path: string,
  { format, stamps, io, stop, show }: WholeOptions,
): Promise<{ reading: Reading; refused: Counts }> {
  const tally = new ReadingTally(stamps);
  const refused = new Map<string, number>();
  let parser: ReturnType<typeof createParser> | null = null;
  let read = 0;
  const add = (items: readonly FormatItem[]) => {
    tally.add(items);
    read += items.length;
    for (const item of items) if (item.kind === 'refusal') refused.set(item.reason, (refused.get(item.reason) ?? 0) + 1);
    show({ read, newest: null });
  };
  for await (const { bytes, reference, first } of path === '-' ? pipePieces(io) : filePieces(path, io, stop)) {
    if (first) {
      if (parser) add(parser.end());
      parser = createParser(format ?? 'auto', { reference }, null);
      tally.header(firstLine(bytes));
    }
    add(parser!.push(bytes));
  }
  if (parser) add(parser.end());
  return { reading: tally.reading(), refused: [...refused].toSorted(([, a], [, b]) => b - a) };
}

async function* filePieces(path: string, io: Io, stop: AbortSignal): AsyncGenerator<Piece> {
  const { files: found, refused } = await new FileFinder(io.files, path).find([]).catch((error: unknown) => {
    throw cannotRead(path, error);
  });
  if (refused.length > 0) throw cannotRead(refused[0]!.path, refused[0]!.error);
  if (found.length === 0) throw await notFound(path, io.files);
  for (const { path: file, gzip, modified } of found) {
    let first = true;
    try {
      for await (const bytes of openBytes(io.files, file, 0, gzip, stop)) {
        yield { bytes, reference: modified, first };
        first = false;
      }
    } catch (error) {
      throw cannotRead(file, error);
    }
  }
}

async function* pipePieces(io: Io): AsyncGenerator<Piece> {
  let first = true;
  const reference = io.now();
  for await (const bytes of io.stdin()) {
    yield { bytes, reference, first };
    first = false;
  }
}
