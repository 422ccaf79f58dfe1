import type { Counts, ReadRecord, Reading } from '../../formats/reading/readingTally.ts';
import { line, type Row } from '../text/line.ts';
import { commands, heading } from '../text/layout.ts';
import { duration } from '../text/duration.ts';
import { count } from '../text/numbers.ts';
import { title } from '../text/paints.ts';
import { datedSpan, exact } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';
import { kindText, mainPath, type PartName } from './readingLine.ts';

/** What `inspect` shows beside the reading. */
export interface Inspected {
  subject: string;
  reading: Reading;
  /** Length of the window a radar of it takes, and how many it makes; null without a time. */
  window: { ms: number; many: number } | null;
  /** Zone of stamps that name none. */
  zone: string;
  /** Reasons of what was refused, with how often. */
  refused: Counts;
  /** What to type next. */
  next: readonly string[];
}

/** Groups, levels and reasons that are named. */
const named = 5;
/** Lines of one record that are shown. */
const lineWidth = 200;

/** How every part of an input was read, with a line of each kind (picture l). */
export function inspectPage({ subject, reading, window, zone, refused, next }: Inspected, view: ViewOptions): string[] {
  const row = (name: string, ...parts: string[]) => line([`${name.padEnd(8)}`, parts.filter(Boolean).join('  ')], view);
  return [
    ...heading([title('INSPECT'), `  ${subject}`], [`${kindText(reading)}   ${count(reading.records)} records`], view),
    row('time', ...timeParts(reading, zone, view)),
    row('level', pathText(reading, 'level'), levelText(reading)),
    row('group', pathText(reading, 'group'), countsText(reading.groups.map(([name, many]) => [name === '' ? '(none)' : name, many]))),
    row('text', pathText(reading, 'text')),
    row('window', window === null ? '-' : `${duration(window.ms)}, of ${count(window.many)}`, joinedText(reading)),
    ...refused.slice(0, named).map(([reason, many], i) => row(i === 0 ? 'refused' : '', `${count(many)}  ${reason}`)),
    ...(refused.length > named ? [row('', `and ${count(refused.length - named)} more reasons`)] : []),
    ...(reading.examples.length > 0 ? [''] : []),
    ...reading.examples.flatMap((record) => exampleLines(record, view)),
    ...commands(next, view),
  ];
}

function timeParts(reading: Reading, zone: string, view: ViewOptions): string[] {
  const { records, untimed, first, last } = reading;
  if (first === null || last === null) return ['none: all of it is one window in order of arrival'];
  const own = untimed === 0 ? '' : `${count(records - untimed)} of ${count(records)} (${count(untimed)} without take their neighbour's)`;
  return [[pathText(reading, 'time').trim(), own].filter(Boolean).join('  '), `${zone}, ${datedSpan(first, last, view.timeZone)}`];
}

/** The field, or where else it comes from; padded, so that what follows stands in a column. */
function pathText(reading: Reading, role: PartName): string {
  const path = mainPath(reading, role);
  if (path === null) return 'none';
  return (path === '' ? (role === 'text' ? 'the message' : 'in front of the message') : path).padEnd(8);
}

function levelText({ levels, scale }: Reading): string {
  if (scale.length > 0) return `${countsText(scale)} (${scaleName(scale)})`;
  return countsText(levels.map(([name, many]) => [name === '' ? 'none' : name, many]));
}

/** Which scale the numbers at a level are on: those of pino and bunyan are tens. */
const scaleName = (scale: Counts): string =>
  scale.every(([name]) => Number.parseInt(name, 10) >= 10) ? "by pino's numbers" : "by syslog's numbers";

function countsText(counts: Counts): string {
  const shown = counts.slice(0, named).map(([name, many]) => `${name} ${count(many)}`);
  return [...shown, ...(counts.length > named ? [`${count(counts.length - named)} more`] : [])].join(', ');
}

const joinedText = ({ joined }: Reading): string =>
  joined.records === 0
    ? ''
    : `joined ${count(joined.records)} ${joined.records === 1 ? 'record' : 'records'} of ${count(joined.lines)} lines`;

/** The line as it was written, and below it what became of it. */
function exampleLines({ line: at, raw, time, level, group, text, joined }: ReadRecord, view: ViewOptions): string[] {
  const [first = ''] = raw.split('\n');
  const became: Row = [
    '      ',
    [exact(time, view.timeZone), level === '' ? '-' : level, group === '' ? '-' : group, text.split('\n')[0]!.slice(0, lineWidth)].join(
      '  ',
    ),
    joined > 0 ? `  + ${count(joined)} ${joined === 1 ? 'line' : 'lines'}` : '',
  ];
  return [line([`${String(at).padStart(4)}  ${first.slice(0, lineWidth)}`], view), line(became, view)];
}
