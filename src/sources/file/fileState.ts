import type { Json } from '../../event.ts';
import type { ParserPosition } from '../../formats/format.ts';
import type { Files } from '../../io.ts';
import { digest } from '../../base/digest.ts';
import { openBytes } from './openBytes.ts';

/** What tells a file from another of the same name: its first bytes. */
export type Fingerprint = { bytes: number; hash: string };

/** How far one file has been read. */
export type FileState = {
  path: string;
  /** Device and inode. */
  node: string;
  print: Fingerprint;
  at: ParserPosition;
  /** The file was read to its end and closed: more of it is not expected. */
  closed: boolean;
};

/** The position of the file source: every file it knows. */
export type FilePosition = { files: FileState[] };

/** Enough to tell logs apart whose first lines are the same banner, and read in one go. */
const printBytes = 1024;

/** The fingerprint of the (uncompressed) beginning of a file, of `wanted` bytes at most. */
export async function fingerprint(files: Files, path: string, gzip: boolean, wanted = printBytes): Promise<Fingerprint> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  if (wanted > 0) {
    for await (const chunk of openBytes(files, path, 0, gzip)) {
      parts.push(chunk.subarray(0, wanted - bytes));
      bytes += parts.at(-1)!.length;
      if (bytes >= wanted) break;
    }
  }
  let text = '';
  for (const part of parts) for (const byte of part) text += String.fromCharCode(byte);
  return { bytes, hash: digest(text) };
}

/** Whether a file still begins with what was seen of it. */
export async function beginsWith(files: Files, path: string, gzip: boolean, { bytes, hash }: Fingerprint): Promise<boolean> {
  const now = await fingerprint(files, path, gzip, bytes);
  return now.bytes === bytes && now.hash === hash;
}

export const positionOf = (files: readonly FileState[]): Json => ({ files: [...files] }) satisfies FilePosition as Json;
