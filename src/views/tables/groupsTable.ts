import { line } from '../text/line.ts';
import { count } from '../text/numbers.ts';
import { table, type Cell } from '../text/table.ts';
import { clock, moment, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** A group of the store. */
export interface GroupRow {
  group_id: string;
  events: number;
  /** ISO 8601 UTC. */
  first: string;
  last: string;
}

/** The groups of the store with their counts and times. */
export function groupsTable(groups: readonly GroupRow[], view: ViewOptions): string[] {
  if (groups.length === 0) return [line(['No groups: the store is empty.  caducus demo ingest --input FILE fills it.'], view)];
  const time = (text: string) => (view.columns >= 80 ? moment(parseTime(text), view.timeZone) : clock(parseTime(text), view.timeZone, 0));
  const rows = groups.map(({ group_id: group, events, first, last }): Cell[] => [count(events), time(first), time(last), group]);
  return table([{ head: 'events', align: 'right', min: 9 }, { head: 'first' }, { head: 'last' }, { head: 'group' }], rows, view);
}
