import { z } from 'zod';
import type { JsonObject } from '../../event.ts';
import { CsvParser, type RowReader } from './csvParser.ts';
import { defineFormat } from '../format.ts';
import { dayMs, isDate, twoDigits } from '../time/isoTime.ts';
import { maxLineBytes } from '../bytes/limits.ts';
import { setOwn } from '../json/setOwn.ts';

const options = z.strictObject({ maxLineBytes });

const required = ['date', 'time', 'component', 'content'] as const;
const defaultSource = 'hdfs-demo';

const digits = /^\d{1,6}$/;

/** Milliseconds since 1970 of YYMMDD and HHMMSS in UTC, leading zeros optional; NaN when they are none. */
function hdfsTime(date: string, time: string): number {
  if (!digits.test(date) || !digits.test(time)) return Number.NaN;
  const [d, t] = [date.padStart(6, '0'), time.padStart(6, '0')];
  const [year, month, day] = [2000 + twoDigits(d, 0), twoDigits(d, 2), twoDigits(d, 4)];
  const [hour, minute, second] = [twoDigits(t, 0), twoDigits(t, 2), twoDigits(t, 4)];
  if (!isDate(year, month, day) || hour > 23 || minute > 59 || second > 60) return Number.NaN;
  return dayMs(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000;
}

function rows(columns: readonly string[]): RowReader {
  const names = columns.map((name) => name.toLowerCase());
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) return () => `the header has no column ${missing.join(', ')}`;
  const [date, time, component, content] = required.map((name) => names.indexOf(name)) as [number, number, number, number];
  const source = names.indexOf('source');
  const rest = names.map((_, index) => index).filter((index) => ![date, time, content, source].includes(index));
  return (row) => {
    const ms = hdfsTime(row[date]!.trim(), row[time]!.trim());
    if (Number.isNaN(ms))
      return `date ${JSON.stringify(row[date]!.slice(0, 40))} with time ${JSON.stringify(row[time]!.slice(0, 40))} is none (YYMMDD and HHMMSS)`;
    const metadata: JsonObject = {};
    for (const index of rest) if (row[index] !== '') setOwn(metadata, names[index]!, row[index]!);
    const from = source < 0 ? '' : row[source]!.trim();
    return { time: ms, text: row[content]!, metadata, source: from || defaultSource, logicalId: row[component]! };
  };
}

/** The CSV of the HDFS demo: date, time, level, component, pid, content, block_id, anomaly, and an optional source. */
export const hdfs = defineFormat({
  name: 'hdfs',
  summary: 'CSV with date,time,level,component,pid,content,block_id,anomaly (YYMMDD and HHMMSS)',
  options,
  create: ({ maxLineBytes: max }, context, from) =>
    new CsvParser({ delimiter: ',', maxLineBytes: max, rows, save: () => null }, context, from),
});
