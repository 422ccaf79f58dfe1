import { extname, resolve } from 'node:path';
import { CaducusError } from '../../errors.ts';
import type { Flags } from '../shared/commandBody.ts';
import { textOf } from '../recall/leaveMark.ts';

export type ExportFormat = 'folder' | 'ndjson' | 'csv';

/** Where an export goes and how it is written; a path of null is standard output. */
export interface ExportTarget {
  format: ExportFormat;
  path: string | null;
}

const formats: readonly ExportFormat[] = ['folder', 'ndjson', 'csv'];
const byEnding: Record<string, ExportFormat> = { '.ndjson': 'ndjson', '.jsonl': 'ndjson', '.csv': 'csv', '': 'folder' };

/**
 * What the command line means: the format is the one that is named, else the one of the file's ending, else a folder;
 * without a file it is ndjson on standard output. Throws CAD002 for what is neither, and for the store itself.
 */
export function exportTarget(given: string | undefined, flags: Flags, dataDir: string): ExportTarget {
  const path = given === undefined || given === '-' ? null : given;
  const format = formatOf(textOf(flags, 'format'), path);
  if (path === null && format === 'folder')
    throw new CaducusError('CAD002', { path: '--format' }, 'a folder needs a name', { hint: 'caducus export ./copy' });
  if (format === 'folder' && resolve(path!) === resolve(dataDir))
    throw new CaducusError('CAD002', {}, `${path} is the store itself`, { hint: 'Name a folder beside it.' });
  if (format !== 'csv' && flags['fields'] !== undefined)
    throw new CaducusError('CAD002', { path: '--fields' }, `columns are of csv, and this is ${format}`, {
      hint: 'Give --format csv, or a file that ends in .csv.',
    });
  if (format === 'csv' && path === null && flags.json === true)
    throw new CaducusError('CAD002', { path: '--json' }, 'standard output takes csv or JSON, not both', {
      hint: 'Leave --json out, or name a file.',
    });
  return { format, path };
}

function formatOf(named: string | undefined, path: string | null): ExportFormat {
  if (named === undefined) {
    const ending = path === null ? '.ndjson' : path.endsWith('/') ? '' : extname(path).toLowerCase();
    const format = byEnding[ending];
    if (format) return format;
    throw new CaducusError('CAD002', {}, `nothing is written as "${ending}"`, {
      hint: 'End the name in .ndjson or .csv, or give --format.',
    });
  }
  const format = formats.find((one) => one === named);
  if (format) return format;
  throw new CaducusError('CAD002', { path: '--format' }, `"${named}" is no format`, { hint: `formats: ${formats.join(', ')}` });
}
