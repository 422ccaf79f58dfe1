import { createParser, type FormatOption } from '../index.ts';
import type { FormatContext, FormatItem, Parser } from '../format.ts';
import { decode } from '../bytes/utf8.ts';

/** Parts of an input: its beginning, and pieces from further on that begin and end anywhere. */
export interface Samples {
  head: Uint8Array;
  /** Whether the head is all there is. */
  whole: boolean;
  later: readonly { offset: number; bytes: Uint8Array }[];
}

/** The first line that is not blank, which may name columns. */
export function firstLine(head: Uint8Array): string {
  const text = decode(head.subarray(0, 1 << 16)).replace(/^\uFEFF/, '');
  return text.split(/\r?\n/, 64).find((line) => line.trim() !== '') ?? '';
}

/**
 * The records of samples, as the whole input would give them: what the beginning settles, such as the columns of a table,
 * holds for the later pieces, whose first and last line are left out for being cut.
 */
export function* readSamples({ head, whole, later }: Samples, format: FormatOption, context: FormatContext): Generator<FormatItem[]> {
  const parser = createParser(format, context, null);
  yield parser.push(head);
  if (whole) {
    yield parser.end();
    return;
  }
  const { state } = parser.position();
  yield parser.flush();
  for (const { offset, bytes } of later) {
    const from = bytes.indexOf(10) + 1;
    const to = bytes.lastIndexOf(10) + 1;
    if (from === 0 || to <= from) continue;
    const piece: Parser = createParser(format, context, { offset: offset + from, line: 0, state });
    yield piece.push(bytes.subarray(from, to));
    yield piece.end();
  }
}
