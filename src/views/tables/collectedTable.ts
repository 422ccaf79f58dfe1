import { count } from '../text/numbers.ts';
import { table, type Cell } from '../text/table.ts';
import { moment, parseTime } from '../text/time.ts';
import { usableColumns, type ViewOptions } from '../text/viewOptions.ts';

/** What one collector brought. */
export interface CollectedRow {
  id: string;
  /** The verb, such as `sqs`. */
  source: string;
  state: 'running' | 'done' | 'stopped' | 'failed';
  events: number;
  rejected: number;
  /** Files that went because they were too old or too much. */
  removed: number;
  /** Event times, ISO 8601 UTC; null when nothing came. */
  first: string | null;
  last: string | null;
  /** When the first dead letter is dropped by its queue. */
  first_expires?: string;
  /** The most frequent first. */
  groups: { group_id: string; events: number }[];
  error?: { code: string; what: string };
}

/** Groups listed a collector; the others are counted. */
const listed = 8;

/** Columns from which there is room for the time of the first event. */
const roomy = 90;

/** What came from where: a line a collector, and one for each of its groups. */
export function collectedTable(rows: readonly CollectedRow[], view: ViewOptions): string[] {
  const time = (text: string | null) => (text === null ? '-' : moment(parseTime(text), view.timeZone));
  const lines = rows.flatMap(
    ({ id, source, state, events, rejected, removed, first, last, first_expires: expires, groups, error }): Cell[][] => {
      const what = error ? `${error.code} ${error.what}` : rejected > 0 ? `${source}, ${count(rejected)} rejected` : source;
      const notes: Cell[][] = [
        ...(expires === undefined ? [] : [['', '', time(expires), '', '', { text: 'when the first expires', paint: 'dim' as const }]]),
        ...(removed > 0
          ? [['', '', '', '', '', { text: `${count(removed)} old ${removed === 1 ? 'file' : 'files'} removed`, paint: 'dim' as const }]]
          : []),
      ];
      const rest = groups.slice(listed);
      return [
        [count(events), time(first), time(last), id, { text: state, paint: state === 'failed' ? 'red' : undefined }, what],
        ...groups.slice(0, listed).map((group): Cell[] => [count(group.events), '', '', '', '', group.group_id]),
        ...(rest.length > 0
          ? [[count(rest.reduce((sum, group) => sum + group.events, 0)), '', '', '', '', `${count(rest.length)} more groups`] as Cell[]]
          : []),
        ...notes,
      ];
    },
  );
  const columns = [
    { head: 'events', align: 'right' as const, min: 9 },
    { head: 'first' },
    { head: 'last' },
    { head: 'id', max: 20 },
    { head: 'state' },
    { head: 'from' },
  ];
  // Where there is little room, what comes last needs it more.
  const keeps = (_: unknown, at: number) => at !== 1 || usableColumns(view) >= roomy;
  return table(
    columns.filter(keeps),
    lines.map((cells) => cells.filter(keeps)),
    view,
  );
}
