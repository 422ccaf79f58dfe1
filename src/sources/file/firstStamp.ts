import { createParser, type FormatOption } from '../../formats/index.ts';
import type { Files } from '../../io.ts';
import { DamagedGzip, openBytes } from './openBytes.ts';

/** Bytes in which a stamp is looked for. */
const lookedAt = 1 << 14;
/** Stamps that are looked at: one may be of a wrong clock. */
const witnesses = 8;
/** The earliest of them counts, if it lies no further than this before their lower median, milliseconds. */
const nearby = 60 * 60_000;

/**
 * When a file begins, by its first stamps: milliseconds since 1970; null where there are none in its first bytes. `modified`
 * fills in what stamps leave out.
 */
export async function readFirstStamp(
  files: Files,
  { path, gzip, modified }: { path: string; gzip: boolean; modified: number },
  format: FormatOption,
): Promise<number | null> {
  const parser = createParser(format, { reference: modified }, null);
  const times: number[] = [];
  try {
    let left = lookedAt;
    for await (const chunk of openBytes(files, path, 0, gzip)) {
      for (const item of parser.push(chunk.subarray(0, left)))
        if (item.kind === 'draft' && item.borrowed === undefined) times.push(item.time);
      left -= chunk.length;
      if (times.length >= witnesses || left <= 0) break;
    }
    if (times.length < witnesses)
      for (const item of parser.end()) if (item.kind === 'draft' && item.borrowed === undefined) times.push(item.time);
  } catch (error) {
    if (!(error instanceof DamagedGzip)) throw error;
  }
  return findBegin(times);
}

/** The begin of a log by its first stamps, milliseconds since 1970, of which one may be of a wrong clock; null where there are none. */
export function findBegin(times: readonly number[]): number | null {
  const first = times.slice(0, witnesses).toSorted((a, b) => a - b);
  const median = first[Math.floor((first.length - 1) / 2)];
  return median === undefined ? null : first.find((time) => time >= median - nearby)!;
}
