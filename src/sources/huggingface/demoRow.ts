import type { Json, JsonObject } from '../../event.ts';

/** Columns of the demo's CSV. */
export const demoColumns = ['date', 'time', 'level', 'component', 'pid', 'content', 'block_id', 'anomaly'] as const;

/** A row of the demo's CSV, and its time. */
export interface DemoRow {
  /** Milliseconds since 1970; null when the row has none. */
  time: number | null;
  level: string;
  component: string;
  pid: string;
  content: string;
  block_id: string;
  anomaly: string;
}

/** The data sets that can be downloaded. */
export const demoDatasets = {
  hdfs_v1: { name: 'logfit-project/HDFS_v1', read: readHdfs },
  bgl: { name: 'logfit-project/BGL', read: readBgl },
} as const;
export type DemoDataset = keyof typeof demoDatasets;

const text = (row: JsonObject, name: string): string => {
  const value: Json | undefined = Object.hasOwn(row, name) ? row[name] : undefined;
  return value === null || value === undefined ? '' : String(value);
};

/** `081109` and `203615`, or as numbers, which have lost their leading zeros. */
function readHdfs(row: JsonObject): DemoRow {
  const [date, time] = [text(row, 'date').padStart(6, '0'), text(row, 'time').padStart(6, '0')];
  const two = (of: string, at: number) => Number(of.slice(at, at + 2));
  const ms = Date.UTC(2000 + two(date, 0), two(date, 2) - 1, two(date, 4), two(time, 0), two(time, 2), two(time, 4));
  return {
    time: Number.isNaN(ms) ? null : ms,
    level: text(row, 'level'),
    component: text(row, 'component'),
    pid: text(row, 'pid'),
    content: text(row, 'content'),
    block_id: text(row, 'block_id'),
    anomaly: text(row, 'anomaly'),
  };
}

/** Blue Gene/L: seconds since 1970, and a node in the place of a block. */
function readBgl(row: JsonObject): DemoRow {
  const seconds = Number(text(row, 'timestamp') || Number.NaN);
  const label = text(row, 'label');
  return {
    time: Number.isFinite(seconds) ? seconds * 1000 : null,
    level: text(row, 'level'),
    component: text(row, 'component'),
    pid: '',
    content: text(row, 'content'),
    block_id: text(row, 'node'),
    // Alerts carry a category; a dash stands for none.
    anomaly: text(row, 'anomaly') || (label === '' ? '' : label === '-' ? '0' : '1'),
  };
}

const quoted = (value: string) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** A line of the CSV, its time moved by `shift` milliseconds. */
export function demoLine(row: DemoRow, shift: number): string {
  const iso = row.time === null ? '' : new Date(row.time + shift).toISOString();
  const date = iso && iso.slice(2, 10).replaceAll('-', '');
  const time = iso && iso.slice(11, 19).replaceAll(':', '');
  return `${[date, time, row.level, row.component, row.pid, row.content, row.block_id, row.anomaly].map(quoted).join(',')}\n`;
}
