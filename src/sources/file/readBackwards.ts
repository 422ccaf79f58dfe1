import type { FormatItem, Parser, ParserPosition } from '../../formats/format.ts';
import type { Files } from '../../io.ts';
import { isNewestFirst } from '../../formats/reading/newestFirst.ts';

/** Bytes that can be read at any place. */
export interface Bytes {
  size: number;
  readAt(start: number, end: number): Promise<Uint8Array>;
}

export const bytesInMemory = (all: Uint8Array): Bytes => ({
  size: all.length,
  readAt: (start, end) => Promise.resolve(all.subarray(start, end)),
});

/** The bytes of a plain file. */
export const fileBytes = (files: Files, { path, size }: { path: string; size: number }): Bytes => ({
  size,
  readAt: async (start, end) => {
    const parts: Uint8Array[] = [];
    if (end > start) for await (const chunk of files.chunks(path, { start, end: end - 1 })) parts.push(chunk);
    return Buffer.concat(parts);
  },
});

export type MakeParser = (from: ParserPosition | null) => Parser;

/** Bytes of the beginning, which tell a reader the format, and of the end. */
export const lookBytes = 1 << 16;
/** Bytes that are parsed at once; more where a record is longer. */
const blockBytes = 1 << 18;
const mostBlockBytes = 1 << 26;

/** Whether the records of these bytes are written newest first, by their beginning and their end. */
export async function looksNewestFirst(bytes: Bytes, makeParser: MakeParser): Promise<boolean> {
  const head = await bytes.readAt(0, Math.min(bytes.size, lookBytes));
  const parser = makeParser(null);
  const first = stampsIn([...parser.push(wholeLines(head, bytes.size)), ...parser.flush()]);
  if (bytes.size <= lookBytes) return isNewestFirst(first, first);
  const { state } = parser.position();
  const start = Math.max(head.length, bytes.size - lookBytes);
  const end = await bytes.readAt(start, bytes.size);
  const tail = makeParser({ offset: start, line: 0, state: structuredClone(state) });
  return isNewestFirst(first, stampsIn([...tail.push(end.subarray(end.indexOf(10) + 1)), ...tail.end()]));
}

const stampsIn = (items: readonly FormatItem[]): number[] =>
  items.flatMap((item) => (item.kind === 'draft' && item.borrowed === undefined ? [item.time] : []));

/** The beginning of an input up to its last whole line, or all of it. */
const wholeLines = (head: Uint8Array, size: number): Uint8Array => (head.length < size ? head.subarray(0, head.lastIndexOf(10) + 1) : head);

/**
 * The records of bytes that were written newest first, from the last on, in lists with the offset before which nothing has
 * been read yet. A block is read forwards from a line on; its first record, which may have begun before it, is left to the
 * next one.
 */
export async function* readBackwards(
  bytes: Bytes,
  makeParser: MakeParser,
  end: number,
): AsyncGenerator<{ items: FormatItem[]; end: number }> {
  const head = wholeLines(await bytes.readAt(0, Math.min(bytes.size, lookBytes)), bytes.size);
  const learning = makeParser(null);
  learning.push(head);
  learning.flush();
  const { state } = learning.position();
  for (let size = blockBytes; end > 0;) {
    const start = Math.max(0, end - size);
    const block = await bytes.readAt(start, end);
    const cut = start === 0 ? 0 : block.indexOf(10) + 1;
    const parser = makeParser(start === 0 ? null : { offset: start + cut, line: 0, state: structuredClone(state) });
    const items = [...parser.push(block.subarray(cut)), ...parser.end()];
    const isCut = start > 0;
    if (isCut && items.length < 2 && size < mostBlockBytes) {
      size *= 2;
      continue;
    }
    const next = isCut ? (items[1]?.offset ?? start + cut) : 0;
    yield { items: (isCut && items.length > 1 ? items.slice(1) : items).toReversed(), end: next };
    end = next;
    size = blockBytes;
  }
}
