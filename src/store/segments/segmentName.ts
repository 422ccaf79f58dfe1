import { createHash } from 'node:crypto';

/** One file of the append-only store: a group's events of one day, by one writer. */
export interface SegmentName {
  /** Day in UTC, `2026-03-14`. */
  day: string;
  /** Who writes it: four letters from a hash, so that two pipelines never append to, or cut, the same file. */
  writer: string;
  /** From 1; a new part starts when one has grown large. */
  part: number;
}

const form = /^([+-]?\d{4,6}-\d\d-\d\d)\.([0-9a-z]+)(?:\.(\d+))?\.ndjson$/;

/** `2026-03-14.k7f2.ndjson`, further parts `2026-03-14.k7f2.2.ndjson`. */
export function segmentFile({ day, writer, part }: SegmentName): string {
  return `${day}.${writer}${part === 1 ? '' : `.${part}`}.ndjson`;
}

/** What a file name says; null when it is no segment. */
export function parseSegmentFile(name: string): SegmentName | null {
  const found = form.exec(name);
  if (!found) return null;
  return { day: found[1]!, writer: found[2]!, part: found[3] === undefined ? 1 : Number(found[3]) };
}

/** The writer's letters for a sink of a pipeline: 20 bits of its names' hash. */
export function writerName(pipeline: string, sink: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([pipeline, sink]))
    .digest();
  return (digest.readUInt32BE() % 36 ** 4).toString(36).padStart(4, '0');
}

/** Milliseconds since 1970 at which a segment's day ends. */
export const dayEnd = (day: string): number => Date.parse(`${day}T00:00:00Z`) + 86_400_000;
