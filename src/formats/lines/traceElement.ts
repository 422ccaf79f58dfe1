import type { JsonObject } from '../../event.ts';

/** What a line of CMTrace begins with: `<![LOG[text]LOG]!><time="10:00:00.123-120" date="06-03-2024" component="x" type="3">`. */
export const traceStart = '<![LOG[';
const traceEnd = ']LOG]!>';

/** Whether the last line of such a record has come. */
export const endsTrace = (line: string): boolean => line.endsWith('>') && line.includes(`${traceEnd}<`);

const attribute = /([\w-]+)="([^"]*)"/g;
/** Kinds of records, 1 to 3. */
const levels: Readonly<Record<string, string>> = { 1: 'INFO', 2: 'WARN', 3: 'ERROR' };
const clock = /^(\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)([+-]\d{1,3})?$/;

const two = (value: number): string => String(value).padStart(2, '0');

/** Day, and time with the minutes that lead from it to UTC, as one stamp; '' when they are none. */
function joinStamp(date: string, time: string): string {
  const found = clock.exec(time);
  const [month, day, year] = date.split('-');
  if (!found || year === undefined) return '';
  const east = -Number(found[2] ?? 0);
  const zone = found[2] === undefined ? '' : `${east < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(east) / 60))}:${two(Math.abs(east) % 60)}`;
  return `${year}-${two(Number(month))}-${two(Number(day))}T${found[1]!.padStart(8, '0').padEnd(9, '.').padEnd(12, '0')}${zone}`;
}

/** A record of CMTrace, on one line or several, as fields; null for anything else. */
export function traceRecord(text: string): JsonObject | null {
  const end = text.lastIndexOf(traceEnd);
  if (!text.startsWith(traceStart) || end < 0) return null;
  const given = Object.fromEntries([...text.slice(end + traceEnd.length).matchAll(attribute)].map(([, name, value]) => [name!, value!]));
  const { time = '', date = '', type = '', component, ...rest } = given;
  const timestamp = joinStamp(date, time);
  if (timestamp === '') return null;
  const level = levels[type];
  const stated = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
  return {
    timestamp,
    message: text.slice(traceStart.length, end),
    ...(level !== undefined && { level }),
    ...(component !== undefined && component !== '' && { component }),
    ...stated,
  };
}
