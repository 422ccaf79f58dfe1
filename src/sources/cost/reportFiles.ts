import { basename, join } from 'node:path';
import type { Files } from '../../io.ts';
import { shortHash } from '../shortHash.ts';

export interface ReportFile {
  path: string;
  /** Last change, milliseconds since 1970. */
  changed: number;
  size: number;
}

/** Folders in folders: exports are laid out by name, month and version. */
const deepest = 8;
/** A month's folder: `20260301-20260401` of the Cost and Usage Report, `BILLING_PERIOD=2026-03` of AWS Data Exports. */
const billingPeriod = /^(\d{8}-\d{8}|billing_period=\d{4}-\d\d)$/i;

/**
 * The CSV files of a report, plain or gzip: a file, or all in a folder. AWS may keep every version of a month, each in a
 * folder of its own below the month's and each with all that was known of the month: of those only the newest counts.
 */
export async function reportFiles(files: Files, path: string, depth = 0): Promise<ReportFile[]> {
  const found = await files.stat(path);
  if (!found) return [];
  if (!found.isDirectory()) return [{ path, changed: Math.floor(found.mtimeMs), size: found.size }];
  if (depth >= deepest) return [];
  const own: ReportFile[] = [];
  const below: ReportFile[][] = [];
  for (const name of await files.list(path)) {
    const inner = join(path, name);
    const folder = (await files.stat(inner))?.isDirectory() === true;
    if (folder) below.push(await reportFiles(files, inner, depth + 1));
    else if (/\.csv(\.gz)?$/i.test(name)) own.push(...(await reportFiles(files, inner, depth + 1)));
  }
  if (!billingPeriod.test(basename(path))) return [...own, ...below.flat()];
  return [own, ...below].reduce((newest, version) => (findVersion(version) >= findVersion(newest) ? version : newest));
}

/** Every change of any file makes another version; versions rise with the time of change. */
export const findVersion = (files: readonly ReportFile[]): number => files.reduce((newest, { changed }) => Math.max(newest, changed), -1);

/** Names what the files are now. */
export const stampFiles = (files: readonly ReportFile[]): string =>
  shortHash(files.flatMap(({ path, changed, size }) => [path, String(changed), String(size)]));
