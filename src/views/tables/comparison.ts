import type { ComparedPattern, ComparedSide, ComparisonResult } from '../../memory/compare/comparisonResult.ts';
import { code, markdownTable } from '../markdown/markdown.ts';
import { duration } from '../text/duration.ts';
import { flow, heading } from '../text/layout.ts';
import { line } from '../text/line.ts';
import { count, counted, decimal, expected, multiple } from '../text/numbers.ts';
import { idPiece, title, word } from '../text/paints.ts';
import { shortIds } from '../text/shortIds.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import { datedSpan, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

const columns: Column[] = [
  { head: 'score', align: 'right', min: 5 },
  { head: 'bits', align: 'right', min: 4 },
  { head: 'level', min: 5 },
  { head: 'state', min: 7 },
  { head: 'count', align: 'right', min: 6 },
  { head: 'usual', align: 'right', min: 6 },
  { head: 'times', align: 'right', min: 5 },
  { head: 'id', min: 4 },
];
/** Words of what differs, in the order in which they are counted in the heading. */
const states = ['new', 'gone', 'rising', 'falling', 'slower', 'faster', 'higher', 'lower'] as const;

/** What differs between two sides, the most bits first; `top` rows of it. */
export function comparisonPage(result: ComparisonResult, top: number, view: ViewOptions): string[] {
  const { before, after, patterns } = result;
  const head = heading(
    [title('DIFF'), `  ${after.name}  against ${before.name}`],
    after.from === null ? [] : [describeTime(after, view)],
    view,
  );
  const lines = [
    ...head,
    ...flow(
      summarize(result).map((part) => [part]),
      view,
    ),
  ];
  if (patterns.length === 0) return lines;
  const rows = listRows(result, top).map(({ cells, several }): Cell[] =>
    [cells.score, cells.bits, word(cells.level), word(cells.state), cells.count, cells.usual, cells.times, idPiece(cells.id)].concat(
      several ? [cells.group, cells.label] : [cells.label],
    ),
  );
  const isSeveral = countGroups(patterns) > 1;
  const rest = patterns.length - rows.length;
  return [
    ...lines,
    '',
    ...table([...columns, ...(isSeveral ? [{ head: 'group', max: 32 }] : []), { head: 'pattern' }], rows, view),
    ...(rest > 0 ? [line([`${count(rest)} more.  --top ${patterns.length} lists them.`], view)] : []),
  ];
}

/** The same for a ticket. */
export function comparisonMarkdown(result: ComparisonResult, top: number, view: ViewOptions): string[] {
  const { before, after } = result;
  const rows = listRows(result, top).map(({ cells }) => [
    cells.score,
    cells.bits,
    cells.level,
    cells.state,
    cells.count,
    cells.usual,
    cells.times,
    code(cells.id),
    code(cells.group),
    code(cells.label),
  ]);
  return [
    `**${after.name}** against **${before.name}**${after.from === null ? '' : `, ${describeTime(after, view)}`}`,
    '',
    summarize(result).join('  '),
    '',
    ...markdownTable(
      [...columns, { head: 'group' }, { head: 'pattern' }].map(({ head, align }: Column) => ({
        head,
        ...(align === 'right' && { align }),
      })),
      rows,
    ),
  ];
}

function summarize({ before, after, volume, patterns, steady }: ComparisonResult): string[] {
  const counts = states.flatMap((state) => {
    const many = patterns.filter((one) => one.state === state).length;
    return many > 0 ? [`${count(many)} ${state}`] : [];
  });
  const length = ({ from, to }: ComparedSide) => duration(parseTime(to!) - parseTime(from!));
  const isTimed = before.from !== null && after.from !== null;
  return [
    !isTimed
      ? `${counted(after.events, 'event')} against ${count(before.events)}; no line names a time, so rates are by lines.`
      : `${counted(after.events, 'event')} in ${length(after)}, ${volume === null ? '-' : multiple(volume)} of the rate of ${count(before.events)} in ${length(before)}.`,
    `${[...counts, `${count(steady)} steady`].join(', ')}.`,
  ];
}

const describeTime = ({ from, to }: ComparedSide, { timeZone }: ViewOptions): string =>
  from && to ? datedSpan(parseTime(from), parseTime(to), timeZone) : '-';

const countGroups = (patterns: readonly ComparedPattern[]): number => new Set(patterns.map(({ group_id: group }) => group)).size;

function listRows({ patterns }: ComparisonResult, top: number) {
  const short = shortIds(patterns.map(({ template_id: id }) => id));
  const several = countGroups(patterns) > 1;
  return patterns.slice(0, top).map((one) => {
    const { numbers, usual, after, times } = one;
    const unit = numbers?.unit ? ` ${numbers.unit}` : '';
    const cells = {
      score: count(one.score),
      bits: decimal(one.bits.total, 1),
      level: one.level ?? '-',
      state: one.state,
      count: numbers ? `${decimalShort(after)}${unit}` : count(after),
      usual: numbers ? `${decimalShort(usual)}${unit}` : expected(usual),
      times: times === null ? '-' : multiple(times),
      id: short(one.template_id),
      group: one.group_id,
      label: numbers ? `${[numbers.slot, numbers.quantile].filter((part) => part !== '').join(' ')}: ${one.label}` : one.label,
    };
    return { cells, several };
  });
}

const decimalShort = (value: number): string => (Number.isInteger(value) ? count(value) : decimal(value, value < 10 ? 2 : 1));
