import { digest } from '../../base/digest.ts';
import type { Json } from '../../event.ts';
import type { ParserPosition } from '../../formats/format.ts';
import type { Files } from '../../io.ts';
import type { IdState } from '../toSignals.ts';
import { openBytes } from './openBytes.ts';

/** Some bytes of a file: how many, and their digest. */
export type Fingerprint = { bytes: number; hash: string };

/** How far one generation of a log has been read. */
export type FileState = {
  path: string;
  /** Device and inode. */
  node: string;
  /** Its first bytes. */
  print: Fingerprint;
  at: ParserPosition;
  /** The file was read to its end and closed: more of it is not expected. */
  closed: boolean;
  /** The bytes right before `at`; absent in what older releases saved. */
  tail?: Fingerprint;
  /** Size (on disk) and last change (milliseconds) when it was last looked at. */
  size?: number;
  modified?: number;
  /** What its ids depend on beside the records; absent where an older release began the file. */
  ids?: IdState;
  /** It is read backwards, because its newest record stands first: the bytes before which nothing has been read. */
  before?: number;
  /** The logical path it belongs to, where that is not its own: the target of a link. */
  chain?: string;
  /** Milliseconds since 1970 of the last record of the generation before it, where it was known when this one was begun. */
  after?: number;
  /** Milliseconds since 1970 of the last record that was read; absent before the first, and in what older releases saved. */
  reached?: number;
};

/** The position of the file source: every file it knows. */
export type FilePosition = { files: FileState[] };

/** Enough to tell logs apart whose first lines are the same banner, and read in one go. */
export const printBytes = 1024;

export function makeFingerprint(parts: readonly Uint8Array[]): Fingerprint {
  const all = Buffer.concat(parts);
  return { bytes: all.length, hash: digest(all.toString('latin1')) };
}

/** `wanted` (uncompressed) bytes of a file at most, from an offset on. */
async function readBytes(files: Files, path: string, gzip: boolean, wanted: number, start: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  if (wanted > 0) {
    for await (const chunk of openBytes(files, path, start, gzip)) {
      parts.push(chunk.subarray(0, wanted - bytes));
      bytes += parts.at(-1)!.length;
      if (bytes >= wanted) break;
    }
  }
  return Buffer.concat(parts);
}

/** The fingerprint of `wanted` (uncompressed) bytes of a file at most, from an offset on. */
export const fingerprint = async (files: Files, path: string, gzip: boolean, wanted = printBytes, start = 0): Promise<Fingerprint> =>
  makeFingerprint([await readBytes(files, path, gzip, wanted, start)]);

/** A fingerprint of more of the first bytes of a file than the one given; that one where the file begins with others by now. */
export async function longerFingerprint(files: Files, path: string, gzip: boolean, known: Fingerprint): Promise<Fingerprint> {
  const bytes = await readBytes(files, path, gzip, printBytes, 0);
  return makeFingerprint([bytes.subarray(0, known.bytes)]).hash === known.hash ? makeFingerprint([bytes]) : known;
}

/**
 * Whether a file holds, up to the offset, what was read: by the last bytes before it, or else by its beginning. Rejects
 * with DamagedGzip where a compressed file ends before that.
 */
export async function holdsWhatWasRead(files: Files, path: string, gzip: boolean, { print, tail, at }: FileState): Promise<boolean> {
  const known = tail && tail.bytes > 0 ? tail : print;
  const now = await fingerprint(files, path, gzip, known.bytes, known === tail ? at.offset - tail.bytes : 0);
  return now.bytes === known.bytes && now.hash === known.hash;
}

export const makePosition = (files: readonly FileState[]): Json => ({ files: [...files] }) satisfies FilePosition as Json;

/** A position whose files are read on by parsers that know nothing of what came before. */
export const withoutParsers = (position: Json): Json =>
  makePosition((position as FilePosition).files.map((file) => ({ ...file, at: { ...file.at, state: null } })));

/** The files a position knows; none before the first. */
export const readPosition = (position: Json): readonly FileState[] => (position as FilePosition | null)?.files ?? [];
