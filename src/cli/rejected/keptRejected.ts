import { readRejected, rejectedParts, type RejectedRecord } from '../../store/rejectedFiles.ts';
import type { CliContext } from '../shared/context.ts';

/** Every rejected record that is kept, by pipeline, oldest first. */
export async function allRejected({ io, dataDir }: CliContext): Promise<Map<string, RejectedRecord[]>> {
  const all = new Map<string, RejectedRecord[]>();
  for (const [pipeline, parts] of await rejectedParts(io.files, dataDir)) {
    const records: RejectedRecord[] = [];
    for (const { path } of parts) records.push(...(await readRejected(io.files, path)));
    all.set(pipeline, records);
  }
  return all;
}

/** Where a record stood in its source: a line, a byte, or the source alone. */
export const placeText = ({ source, place: { file, line: at, offset } }: RejectedRecord): string =>
  `${file ?? source}${at !== undefined ? `:${at}` : offset !== undefined ? ` at byte ${offset}` : ''}`;
