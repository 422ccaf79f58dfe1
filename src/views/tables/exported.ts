import { commands, flow, heading } from '../text/layout.ts';
import { count, counted } from '../text/numbers.ts';
import { title } from '../text/paints.ts';
import { cutMiddle } from '../text/text.ts';
import { datedSpan, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** What an export wrote. */
export interface Exported {
  format: 'folder' | 'ndjson' | 'csv';
  path: string;
  events: number;
  groups: number;
  /** Time of the first and the last event, ISO 8601 UTC; null without any. */
  first: string | null;
  last: string | null;
  /** Records of the store that cannot be read, and are left out. */
  unreadable: number;
  /** Of a folder: events that were not in it before, and that were; records of the analysis. */
  new?: number;
  there_already?: number;
  topics?: number;
  runs?: number;
}

/** What was written and where, and how to look at it. */
export function exportedLines(
  { format, path, events, groups, first, last, unreadable, ...written }: Exported,
  view: ViewOptions,
): string[] {
  const subject = cutMiddle(path, 40, view.ascii ? '~' : '…');
  const span = first === null || last === null ? '' : datedSpan(parseTime(first), parseTime(last), view.timeZone);
  const parts = [
    `${counted(events, 'event')} of ${counted(groups, 'group')}`,
    ...(written.new === undefined ? [`as ${format}`] : [`${count(written.new)} new, ${count(written.there_already ?? 0)} there already`]),
    ...(written.runs === undefined || written.runs === 0
      ? []
      : [`analysis ${counted(written.topics ?? 0, 'topic')} in ${counted(written.runs, 'run')}`]),
    ...(unreadable === 0 ? [] : [`${count(unreadable)} unreadable, left out`]),
  ];
  const next = format === 'folder' ? [`caducus groups --data-dir ${path}`, `caducus radar --data-dir ${path}`] : [`caducus radar ${path}`];
  return [
    ...heading([title('EXPORT'), `  ${subject}`], [span], view),
    ...flow(
      parts.map((part, i) => [`${part}${i < parts.length - 1 ? ',' : '.'}`]),
      view,
      { gap: 1 },
    ),
    ...(events === 0 ? [] : commands(next, view)),
  ];
}
