import { isNewer } from '../base/recordText.ts';
import { recordLine } from '../base/recordText.ts';
import { join } from 'node:path';
import { replaceFile, type Files } from '../io.ts';

/** A rejected record as it is kept. */
export interface RejectedRecord {
  /** Short and durable: the same record rejected again for the same reason has the same. */
  id: string;
  pipeline: string;
  /** ISO 8601: event time where it is known, else that of the record before it; null before the first. */
  at: string | null;
  source: string;
  reason: string;
  place: { file?: string; line?: number; offset?: number };
  /** Redacted, at most 4 KiB of it. */
  original: string;
}

export const rejectedFolder = (dataDir: string): string => join(dataDir, 'rejected');

/** Where a pipeline's rejected records are written; older parts are `<pipeline>.<part>.ndjson` beside it. */
export const rejectedFile = (dataDir: string, pipeline: string, part?: number): string =>
  join(rejectedFolder(dataDir), part === undefined ? `${pipeline}.ndjson` : `${pipeline}.${part}.ndjson`);

const form = /^([A-Za-z][A-Za-z0-9_-]{0,63})(?:\.(\d{1,9}))?\.ndjson$/;

/** The files there are, by pipeline, each pipeline's oldest part first and the one being written last. Links are none. */
export async function rejectedParts(files: Files, dataDir: string): Promise<Map<string, { path: string; part: number | null }[]>> {
  const found = new Map<string, { path: string; part: number | null }[]>();
  for (const name of await files.list(rejectedFolder(dataDir))) {
    const [, pipeline, part] = form.exec(name) ?? [];
    const path = join(rejectedFolder(dataDir), name);
    if (pipeline === undefined || !(await files.lstat(path))?.isFile()) continue;
    const parts = found.get(pipeline) ?? [];
    parts.push({ path, part: part === undefined ? null : Number(part) });
    found.set(
      pipeline,
      parts.toSorted((a, b) => (a.part ?? Number.POSITIVE_INFINITY) - (b.part ?? Number.POSITIVE_INFINITY)),
    );
  }
  return found;
}

/** The records of one file, oldest first. A line that a crash tore is passed over: its record is read again. */
export async function readRejected(files: Files, path: string): Promise<RejectedRecord[]> {
  return (await files.readText(path)).split('\n').flatMap((line) => {
    const record = recordIn(line);
    return record === null ? [] : [record];
  });
}

function recordIn(line: string): RejectedRecord | null {
  if (line === '') return null;
  try {
    const record = JSON.parse(line) as Partial<RejectedRecord> | null;
    const whole =
      typeof record?.id === 'string' &&
      typeof record.reason === 'string' &&
      typeof record.original === 'string' &&
      typeof record.place === 'object' &&
      record.place !== null &&
      !isNewer(record);
    return whole ? (record as RejectedRecord) : null;
  } catch {
    return null;
  }
}

/** Takes records out of a file, by id; of several with one id, that many. Returns how many went. */
export async function removeRejected(files: Files, path: string, gone: ReadonlyMap<string, number>): Promise<number> {
  const left = new Map(gone);
  const records = await readRejected(files, path);
  const kept = records.filter(({ id }) => {
    const many = left.get(id) ?? 0;
    if (many > 0) left.set(id, many - 1);
    return many === 0;
  });
  if (kept.length < records.length) await replaceFile(files, path, Buffer.from(kept.map(recordLine).join('')));
  return records.length - kept.length;
}
