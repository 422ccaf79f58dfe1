import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NabTruth } from '../nabScore.ts';

/** One series of the benchmark: its values in file order and where the labelled windows lie. */
export interface NabSeries extends NabTruth {
  /** Path below `data/`, such as `realTweets/Twitter_volume_AAPL.csv`; the key of the labels. */
  name: string;
  /** As written in the file, for the score files. */
  timestamps: string[];
  /** Milliseconds since 1970; the files carry no zone and are read as UTC. */
  times: number[];
  values: number[];
}

/**
 * Reads a folder with `labels/combined_windows.json` and `data/`, in the order of the names.
 *
 * @throws Error when a labelled series is missing, a row cannot be read, or a window's edge is not among the rows
 */
export function readNabCorpus(folder: string): NabSeries[] {
  const labels: unknown = JSON.parse(readFileSync(join(folder, 'labels', 'combined_windows.json'), 'utf8'));
  if (typeof labels !== 'object' || labels === null) throw new Error(`${folder}: the labels are not an object`);
  return Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, windows]) => readSeries(name, readFileSync(join(folder, 'data', name), 'utf8'), readWindows(name, windows)));
}

function readSeries(name: string, csv: string, edges: [string, string][]): NabSeries {
  const timestamps: string[] = [];
  const times: number[] = [];
  const values: number[] = [];
  const rowOf = new Map<string, number>();
  for (const line of csv.split('\n').slice(1)) {
    if (line.trim() === '') continue;
    const [timestamp = '', value = ''] = line.split(',');
    const time = Date.parse(`${canonical(timestamp).replace(' ', 'T')}Z`);
    if (Number.isNaN(time) || value.trim() === '' || Number.isNaN(Number(value))) throw new Error(`${name}: cannot read "${line}"`);
    // where an hour is repeated (summer time ends), a window's edge means the first of the two rows
    if (!rowOf.has(canonical(timestamp))) rowOf.set(canonical(timestamp), times.length);
    timestamps.push(timestamp);
    times.push(time);
    values.push(Number(value));
  }
  const windows = edges.map(([from, to]) => [rowAt(name, rowOf, from), rowAt(name, rowOf, to)] as const);
  return { name, rows: times.length, windows, timestamps, times, values };
}

function rowAt(name: string, rowOf: Map<string, number>, timestamp: string): number {
  const row = rowOf.get(canonical(timestamp));
  if (row === undefined) throw new Error(`${name}: no row for the window edge ${timestamp}`);
  return row;
}

/** The labels write fractions of a second, the data do not. */
function canonical(timestamp: string): string {
  return timestamp
    .trim()
    .replace('T', ' ')
    .replace(/(\.\d*)?Z?$/, '');
}

function readWindows(name: string, windows: unknown): [string, string][] {
  if (!Array.isArray(windows)) throw new Error(`${name}: the labels are not a list of windows`);
  return windows.map((window: unknown) => {
    if (Array.isArray(window) && typeof window[0] === 'string' && typeof window[1] === 'string') return [window[0], window[1]];
    throw new Error(`${name}: a window is not a pair of timestamps`);
  });
}
