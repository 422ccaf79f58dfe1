import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { replaceFile, type Files } from '../../io.ts';
import { isObject } from '../../base/isObject.ts';
import { SegmentScan, type SegmentFacts } from './segmentScan.ts';

/** Segments shorter than this are read again each time: that takes no longer than to look whether an index still holds. */
const worth = 1 << 16;
/** Bytes before the end of what is known that are looked at to tell whether it still is this file. */
const lookBack = 1024;
/** Broken lines beyond this are no index but a file of something else. */
const mostProblems = 1000;

/** Where the index of a segment lies. */
export const indexPath = (segment: string): string => segment.replace(/\.ndjson$/, '.index');

/** What an index says beside its facts, to tell whether it still holds. */
interface Head {
  version: 1;
  /** Length and time of change of the segment when it was read, and a digest of the last bytes that were. */
  size: number;
  changed: number;
  tail: string;
  /** Of the marks behind this line. */
  checksum: number;
  count: number;
  facts: Omit<SegmentFacts, 'marks'>;
}

/** What a segment holds, and its length while it was read: what comes behind that is not of it. */
export interface SegmentIndex {
  facts: SegmentFacts;
  size: number;
}

/**
 * What a segment holds, from the index beside it where that still holds: as long as the segment only grows, just what came
 * since is read. It is derived: one that is missing, damaged, or of another file is made anew, and where it cannot be
 * written it is made each time.
 */
export async function readIndex(files: Files, path: string): Promise<SegmentIndex> {
  const stats = await files.stat(path);
  if (!stats) return { facts: new SegmentScan().facts, size: 0 };
  const { size, mtimeMs: changed } = stats;
  const kept = size < worth ? null : await load(files, path);
  const known = kept !== null && (await holds(files, path, kept.head, { size, changed }));
  if (known && kept.head.size === size && kept.facts.bytes === size) return { facts: kept.facts, size };
  const scan = new SegmentScan(known ? kept.facts : undefined);
  const before = scan.facts.bytes;
  if (size > before) for await (const chunk of files.chunks(path, { start: before, end: size - 1 })) scan.push(chunk);
  const facts = scan.end();
  if (scan.facts.bytes - before >= worth) await keep(files, path, scan.facts, { size, changed });
  return { facts, size };
}

/** Whether a segment of that length, changed at that time, begins with what the index was made of. */
async function holds(files: Files, path: string, head: Head, { size, changed }: { size: number; changed: number }): Promise<boolean> {
  if (size < head.size || (size === head.size && changed !== head.changed)) return false;
  return (await readTail(files, path, head.facts.bytes)) === head.tail;
}

/** A digest of the bytes before that place. */
async function readTail(files: Files, path: string, end: number): Promise<string> {
  const hash = createHash('sha256');
  if (end > 0) for await (const chunk of files.chunks(path, { start: Math.max(0, end - lookBack), end: end - 1 })) hash.update(chunk);
  return hash.digest('hex');
}

async function load(files: Files, path: string): Promise<{ head: Head; facts: SegmentFacts } | null> {
  const place = indexPath(path);
  if (!(await files.lstat(place))?.isFile()) return null;
  const bytes = Buffer.from(await files.readBytes(place));
  const end = bytes.indexOf('\n');
  const head = end < 0 ? null : parseHead(bytes.toString('utf8', 0, end));
  const packed = bytes.subarray(end + 1);
  if (head === null || packed.length !== head.count * 8 || crc32(packed) !== head.checksum) return null;
  const marks = Array.from({ length: head.count }, (_, i) => packed.readDoubleLE(i * 8));
  return { head, facts: { ...head.facts, marks } };
}

function parseHead(text: string): Head | null {
  try {
    const head: unknown = JSON.parse(text);
    return isObject(head) && head['version'] === 1 ? (head as unknown as Head) : null;
  } catch {
    return null;
  }
}

/** Writes the index, whole or not at all. A store that may only be read is read without one. */
async function keep(files: Files, path: string, facts: SegmentFacts, { size, changed }: { size: number; changed: number }): Promise<void> {
  const { marks, ...rest } = facts;
  if (rest.problems.length > mostProblems) return;
  const packed = Buffer.alloc(marks.length * 8);
  for (const [i, mark] of marks.entries()) packed.writeDoubleLE(mark, i * 8);
  const tail = await readTail(files, path, facts.bytes);
  const head: Head = { version: 1, size, changed, tail, checksum: crc32(packed), count: marks.length, facts: rest };
  const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), packed]);
  await replaceFile(files, indexPath(path), bytes, { fsync: false }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined) throw error;
  });
}
