import { extname, resolve } from 'node:path';
import { CaducusError } from '../../errors.ts';

export const exportFormats = ['folder', 'ndjson', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What the command line says of it. */
interface Wanted {
  format: ExportFormat | undefined;
  fields: string | undefined;
  json: boolean;
}

/** Where an export goes and how it is written; a path of null is standard output. */
export interface ExportTarget {
  format: ExportFormat;
  path: string | null;
}

const byEnding: Record<string, ExportFormat> = { '.ndjson': 'ndjson', '.jsonl': 'ndjson', '.csv': 'csv', '': 'folder' };

/**
 * What the command line means: the format is the one that is named, else the one of the file's ending, else a folder;
 * without a file it is ndjson on standard output. Throws CAD002 for what is neither, and for the store itself.
 */
export function exportTarget(given: string | undefined, { format: named, fields, json }: Wanted, dataDir: string): ExportTarget {
  const path = given === undefined || given === '-' ? null : given;
  const format = named ?? formatByEnding(path);
  if (path === null && format === 'folder')
    throw new CaducusError('CAD002', { path: '--format' }, 'a folder needs a name', { hint: 'caducus export ./copy' });
  if (format === 'folder' && resolve(path!) === resolve(dataDir))
    throw new CaducusError('CAD002', {}, `${path} is the store itself`, { hint: 'Name a folder beside it.' });
  if (format !== 'csv' && fields !== undefined)
    throw new CaducusError('CAD002', { path: '--fields' }, `columns are of csv, and this is ${format}`, {
      hint: 'Give --format csv, or a file that ends in .csv.',
    });
  if (format === 'csv' && path === null && json)
    throw new CaducusError('CAD002', { path: '--json' }, 'standard output takes csv or JSON, not both', {
      hint: 'Leave --json out, or name a file.',
    });
  return { format, path };
}

function formatByEnding(path: string | null): ExportFormat {
  const ending = path === null ? '.ndjson' : path.endsWith('/') ? '' : extname(path).toLowerCase();
  const format = byEnding[ending];
  if (format) return format;
  throw new CaducusError('CAD002', {}, `nothing is written as "${ending}"`, {
    hint: 'End the name in .ndjson or .csv, or give --format.',
  });
}
