import type { BacktestResult } from '../findings/backtest/result.ts';
import { duration } from './text/duration.ts';
import { flow, heading } from './text/layout.ts';
import { line, type Row } from './text/line.ts';
import { count, counted, decimal } from './text/numbers.ts';
import { title } from './text/paints.ts';
import { datedSpan, writeDate } from './text/time.ts';
import type { ViewOptions } from './text/viewOptions.ts';

export interface BacktestPage {
  /** The file, and how many records were read. */
  file: string;
  records: number;
  result: BacktestResult;
  /** What would be otherwise with some options set; absent when none were. */
  changed?: { settings: readonly string[]; result: BacktestResult };
  /** No sink of the file sends anything: it was counted what one with its defaults would. */
  assumed: boolean;
}

const indent = 12;
const mostKinds = 3;

/** Parts of a sentence under a name, wrapped where the columns end. */
const writeSection = (name: string, parts: readonly string[], view: ViewOptions): string[] =>
  flow(
    parts.filter(Boolean).map((text, at): Row => (at === 0 ? [`${name.padEnd(indent - 2)}  `, text] : [text])),
    view,
    { gap: 2, indent },
  );

/** What a pipeline would have sent to people in a time that is over. */
export function backtestPage({ file, records, result, changed, assumed }: BacktestPage, view: ViewOptions): string[] {
  const { from, to, pages, incidents, not_known: unknown } = result;
  if (from === null || to === null) return [line([title('BACKTEST'), `  ${file}`], view), 'No events in the history.'];
  const day = (time: string) => writeDate(Date.parse(time), view.timeZone);
  const isShort = result.days < 1;
  const when = isShort ? datedSpan(Date.parse(from), Date.parse(to), view.timeZone) : `${day(from)} to ${day(to)}, ${writeLength(result)}`;
  const range = `${when}, ${counted(records, 'record')}`;
  const hasList = incidents.known + incidents.outside > 0;
  return [
    ...heading([title('BACKTEST'), `  ${file}`], [range], view),
    ...writeSection(
      'pages',
      [
        `${count(pages.count)}, ${decimal(pages.a_day, 1)} a day${assumed ? ' (by a webhook with its defaults: no sink of the file sends)' : ''}`,
        pages.by_team.length > 0 ? `to ${pages.by_team.map(({ team, pages: many }) => `${team} ${count(many)}`).join(', ')}` : '',
      ],
      view,
    ),
    ...(hasList ? incidentLines(result, view) : []),
    ...writeSection(hasList ? 'not known' : 'by rule', writeKinds(unknown), view),
    ...(changed ? changedLines(result, changed, hasList, view) : []),
  ];
}

/** `30 days`; of less than two, the length of time. */
const writeLength = ({ from, to, days }: BacktestResult): string =>
  days >= 2 ? counted(Math.round(days), 'day') : duration(Date.parse(to!) - Date.parse(from!));

function incidentLines({ incidents }: BacktestResult, view: ViewOptions): string[] {
  const { known, caught, missed, outside, by_time: byTime, median_early_ms: median } = incidents;
  const when = median === null ? '' : ` (median ${writeEarly(median)})`;
  const missing = missed.length > 0 ? `, missed ${count(missed.length)}` : '';
  return [
    ...writeSection(
      'incidents',
      [
        `${count(known)} known: caught ${count(caught.length)}${when}${missing}`,
        outside > 0 ? `${count(outside)} outside this time` : '',
        byTime ? 'by time alone: no service of the list names a group' : '',
      ],
      view,
    ),
    ...missed.flatMap(({ id, why }, at) => writeSection(at === 0 ? '  missed' : '', [`${id} ${why}`], view)),
  ];
}

const writeEarly = (ms: number): string =>
  ms === 0 ? 'when its record began' : `${duration(Math.abs(ms))} ${ms > 0 ? 'earlier' : 'later'} than its record`;

/** `27 pages:`, `9 after a change,`, `11 spike in web,`, `7 other` */
function writeKinds({ count: all, kinds }: BacktestResult['not_known']): string[] {
  const named = kinds.slice(0, mostKinds);
  const rest = all - named.reduce((sum, { pages }) => sum + pages, 0);
  const parts = [...named.map(({ kind, pages }) => `${count(pages)} ${kind}`), ...(rest > 0 ? [`${count(rest)} other`] : [])];
  const listed = parts.map((part, at) => (at < parts.length - 1 ? `${part},` : part));
  return [`${counted(all, 'page')}${parts.length > 0 ? ':' : ''}`, ...listed];
}

function changedLines(
  before: BacktestResult,
  { settings, result }: NonNullable<BacktestPage['changed']>,
  hasList: boolean,
  view: ViewOptions,
): string[] {
  const { caught } = result.incidents;
  const had = new Set(before.incidents.caught.map(({ id }) => id));
  const has = new Set(caught.map(({ id }) => id));
  const lost = [...had].filter((id) => !has.has(id));
  const won = [...has].filter((id) => !had.has(id));
  const parts = [
    `${settings.map((setting) => `--set ${setting}`).join(' ')}: ${counted(result.pages.count, 'page')}${hasList ? `, caught ${count(caught.length)}` : ''}`,
    lost.length > 0 ? `no longer ${lost.join(', ')}` : '',
    won.length > 0 ? `now ${won.join(', ')} too` : '',
  ];
  return writeSection('would change', parts, view);
}
