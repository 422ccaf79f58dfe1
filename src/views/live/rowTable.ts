import { age } from '../text/duration.ts';
import { count, expected } from '../text/numbers.ts';
import { idPiece, word } from '../text/paints.ts';
import { trendHead } from '../radar/trendHead.ts';
import { earlierState } from '../radar/earlierTable.ts';
import { earlierCell, patternCell } from '../radar/patternCell.ts';
import { shortIds } from '../text/shortIds.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import { parseTime } from '../text/time.ts';
import { trend, trendCells } from '../text/trend.ts';
import { usableColumns, widest, type ViewOptions } from '../text/viewOptions.ts';
import type { LiveRow } from './liveRows.ts';
import type { Look } from './look.ts';

/** Columns that a name of a group may take. */
const groupWidth = 28;
/** Wide enough for the trend and the group side by side. */
const wide = 110;

/** The rows as a table, its heading first: all in one set of columns. `usual` goes first where there is little room, then the trend. */
export function rowTable(
  rows: readonly LiveRow[],
  { radar: closed, open, now, status }: Pick<Look, 'radar' | 'open' | 'now' | 'status'>,
  view: ViewOptions,
): string[] {
  const columns = usableColumns(view);
  const groups = new Set(rows.map((row) => (row.kind === 'finding' ? row.finding : row.blip).group_id));
  const grouped = groups.size > 1;
  const radar = closed ?? open;
  const end = radar === null ? now : parseTime(radar.end);
  const short = shortIds(rows.map(({ id }) => id));
  const list: { from: number; column: Column; cell(row: LiveRow): Cell }[] = [
    { from: 0, column: { head: 'score', align: 'right', min: 5 }, cell: scoreCell },
    {
      from: 0,
      column: { head: 'level', min: 5 },
      cell: (row) => word(row.kind === 'finding' ? row.finding.severity : (row.blip.level ?? '-')),
    },
    { from: 0, column: { head: 'state', min: 9 }, cell: stateCell },
    { from: 0, column: { head: 'count', align: 'right', min: 6 }, cell: (row) => (row.kind === 'finding' ? '' : count(row.blip.count)) },
    {
      from: widest,
      column: { head: 'usual', align: 'right', min: 6 },
      cell: (row) => (row.kind === 'finding' ? '' : expected(row.blip.usual)),
    },
    {
      from: grouped ? wide : 80,
      column: { head: radar === null ? 'trend' : trendHead(radar), min: trendCells },
      cell: (row) => (row.kind === 'finding' ? '' : trend(row.kind === 'earlier' ? row.blip.trend_now : row.blip.trend, view.ascii)),
    },
    { from: 0, column: { head: 'id', min: 4 }, cell: ({ id }) => idPiece(short(id)) },
    {
      from: grouped ? 0 : Number.POSITIVE_INFINITY,
      column: { head: 'group', max: Math.min(groupWidth, Math.max(10, Math.floor(columns / 5))) },
      cell: (row) => (row.kind === 'finding' ? row.finding : row.blip).group_id,
    },
    { from: 0, column: { head: 'pattern' }, cell: (row) => `${answerTo(row, status)}${subjectCell(row, end, view)}` },
  ];
  const shown = list.filter(({ from }) => columns >= from);
  return table(
    shown.map(({ column }) => column),
    rows.map((row) => shown.map((one) => one.cell(row))),
    view,
    { indent: 2 },
  );
}

function scoreCell(row: LiveRow): Cell {
  if (row.kind !== 'finding') return count(row.blip.score);
  return row.finding.type === 'episode' ? count(row.finding.result.score) : '-';
}

function stateCell(row: LiveRow): Cell {
  if (row.kind === 'finding') return word(row.finding.state);
  return row.kind === 'earlier' ? earlierState(row.blip) : word(row.blip.state);
}

function subjectCell(row: LiveRow, end: number, { timeZone }: ViewOptions): string {
  if (row.kind === 'pattern' || row.kind === 'open') return patternCell(row.blip);
  if (row.kind === 'earlier') return earlierCell(row.blip, end, timeZone);
  const { type, title, since } = row.finding;
  return `${type === 'rule' ? '' : `${type}, `}on ${age(end - parseTime(since))}  ${title}`;
}

/** `acked  ` in front of what somebody is on. */
function answerTo({ id }: LiveRow, { answers = [], silenced = {} }: Look['status']): string {
  if (id in silenced) return 'silenced  ';
  return answers.some(({ type, target }) => type === 'ack' && target === id) ? 'acked  ' : '';
}
