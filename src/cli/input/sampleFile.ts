import type { Samples } from '../../formats/reading/readSamples.ts';
import type { Files } from '../../io.ts';
import { openBytes } from '../../sources/file/openBytes.ts';

/** Bytes of the beginning, and of each later sample. */
export const headBytes = 1 << 20;
export const sampleBytes = 1 << 17;
/** Later samples, evenly spread; the last is the end. */
const laterSamples = 4;

/** The beginning of a file and pieces of the rest. A compressed file is unpacked to its end, which costs no parsing. */
export async function sampleFile(files: Files, { path, size, gzip }: { path: string; size: number; gzip: boolean }): Promise<Samples> {
  if (gzip) return sampleChunks(openBytes(files, path, 0, true));
  if (size <= headBytes) return sampleChunks(files.chunks(path));
  const head = await readAt(files, path, 0, headBytes);
  const later: { offset: number; bytes: Uint8Array }[] = [];
  const room = size - headBytes - sampleBytes;
  for (let i = 1; i <= laterSamples; i += 1) {
    const offset = Math.max(headBytes, headBytes + Math.floor((room * i) / laterSamples));
    later.push({ offset, bytes: await readAt(files, path, offset, sampleBytes) });
  }
  return { head, whole: false, later };
}

/** The beginning and the end of what comes in pieces. */
export async function sampleChunks(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Samples> {
  const head: Uint8Array[] = [];
  let kept = 0;
  const tail: Uint8Array[] = [];
  let tailBytes = 0;
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    const own = chunk.subarray(0, Math.max(0, headBytes - kept));
    if (own.length > 0) head.push(own.slice());
    kept += own.length;
    if (own.length === chunk.length) continue;
    const rest = chunk.slice(own.length);
    tail.push(rest);
    tailBytes += rest.length;
    while (tail.length > 1 && tailBytes - tail[0]!.length >= sampleBytes) tailBytes -= tail.shift()!.length;
  }
  const end = Buffer.concat(tail);
  const bytes = end.subarray(Math.max(0, end.length - sampleBytes));
  return { head: Buffer.concat(head), whole: total === kept, later: bytes.length > 0 ? [{ offset: total - bytes.length, bytes }] : [] };
}

async function readAt(files: Files, path: string, start: number, length: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of files.chunks(path, { start, end: start + length - 1 })) parts.push(chunk);
  return Buffer.concat(parts);
}
