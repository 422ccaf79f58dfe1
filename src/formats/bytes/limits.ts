import { byteSize } from '../../../config/scalars.ts';

/** Longest record, in bytes. */
export const maxLineBytes = byteSize
  .prefault('1MiB')
  .describe('A line longer than this is rejected; the rest of the input goes on. Never more than this of a line is held.');

/** "line of 52428800 bytes is longer than ..." */
export const overlongReason = (bytes: number, max: number): string =>
  `line of ${bytes} bytes is longer than the limit of ${max} (max_line_bytes)`;

/** Bytes a parser is given at a time: texts of more lie apart from small ones in memory, where making one costs ten times as much. */
export const pieceBytes = 1 << 16;
