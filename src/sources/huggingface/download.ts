import { writeAll, type Files, type Io, type OpenFile } from '../../io.ts';
import { readRowList } from './readRows.ts';
import { demoColumns, demoDatasets, demoLine, type DemoDataset, type DemoRow } from './demoRow.ts';

export interface DownloadOptions {
  io: Io;
  dataset: DemoDataset;
  /** CSV file to write. */
  output: string;
  maxRows: number;
  /** Moves all times so that the newest is this moment, milliseconds since 1970. */
  anchorNow?: number | undefined;
  baseUrl?: string;
  signal?: AbortSignal | undefined;
  /** Called after each page: rows so far, and how many there will be. */
  progress?(done: number, of: number): void;
}

export interface Downloaded {
  rows: number;
  /** Rows that an earlier, interrupted download had left. */
  resumed: number;
  /** Newest time in the file, milliseconds since 1970; null when no row has one. */
  newest: number | null;
}

const newline = 0x0a;

/**
 * Downloads rows of a demo data set into a CSV with the demo's columns. What came so far is kept beside it (`.part`), so
 * that an interrupted download goes on where it stopped; the CSV appears when it is whole.
 * Throws CAD074 when the rows cannot be had.
 */
export async function downloadDemo(options: DownloadOptions): Promise<Downloaded> {
  const { io, dataset, output, maxRows, anchorNow, baseUrl, signal, progress } = options;
  const part = `${output}.${dataset}.part`;
  const resumed = Math.min(maxRows, await wholeLines(io.files, part));
  const { name, read } = demoDatasets[dataset];
  let rows = resumed;
  const file = await io.files.open(part, 'a');
  try {
    for await (const page of readRowList({
      io,
      dataset: name,
      offset: rows,
      rows: maxRows - rows,
      ...(baseUrl !== undefined && { baseUrl }),
      signal,
    })) {
      await writeAll(file, Buffer.from(page.rows.map((row) => `${JSON.stringify(read(row))}\n`).join('')));
      rows += page.rows.length;
      progress?.(rows, Math.min(maxRows, page.total));
    }
  } finally {
    await file.close();
  }
  const newest = await newestIn(io.files, part, maxRows);
  await writeCsv(io.files, part, output, maxRows, anchorNow === undefined || newest === null ? 0 : anchorNow - newest);
  await io.files.remove(part);
  return { rows: Math.min(rows, maxRows), resumed, newest: newest === null ? null : (anchorNow ?? newest) };
}

/** Whole lines of the file, which is cut behind the last of them: an interrupted write may leave half a line. */
async function wholeLines(files: Files, path: string): Promise<number> {
  if (!(await files.stat(path))) return 0;
  let lines = 0;
  let whole = 0;
  let at = 0;
  for await (const chunk of files.chunks(path)) {
    for (let i = chunk.indexOf(newline); i >= 0; i = chunk.indexOf(newline, i + 1)) {
      lines += 1;
      whole = at + i + 1;
    }
    at += chunk.length;
  }
  const file = await files.open(path, 'r+');
  await file.truncate(whole).finally(() => file.close());
  return lines;
}

/** At most so many rows of a part file. */
async function* rowsIn(files: Files, path: string, most: number): AsyncGenerator<DemoRow[]> {
  let rest = Buffer.alloc(0);
  let left = most;
  for await (const chunk of files.chunks(path)) {
    const bytes = Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(newline) + 1;
    rest = bytes.subarray(end);
    const lines = bytes.subarray(0, end).toString('utf8').split('\n').filter(Boolean).slice(0, left);
    left -= lines.length;
    yield lines.map((line) => JSON.parse(line) as DemoRow);
  }
}

async function newestIn(files: Files, path: string, most: number): Promise<number | null> {
  let newest: number | null = null;
  for await (const rows of rowsIn(files, path, most)) {
    for (const { time } of rows) if (time !== null && (newest === null || time > newest)) newest = time;
  }
  return newest;
}

async function writeCsv(files: Files, part: string, output: string, most: number, shift: number): Promise<void> {
  const temporary = `${output}.tmp`;
  const file: OpenFile = await files.open(temporary, 'w', 0o644);
  try {
    await writeAll(file, Buffer.from(`${demoColumns.join(',')}\n`));
    for await (const rows of rowsIn(files, part, most)) await writeAll(file, Buffer.from(rows.map((row) => demoLine(row, shift)).join('')));
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(temporary, output);
}
