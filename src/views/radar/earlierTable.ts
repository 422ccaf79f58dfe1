import type { EarlierBlip } from '../../signal.ts';
import { line } from '../text/line.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** The state of a line that is over: `was new`. */
export const earlierState = ({ state }: EarlierBlip): Cell => ({ text: `was ${state}`, paint: 'dim' });

interface Rows {
  now: readonly (readonly Cell[])[];
  was: readonly (readonly Cell[])[];
}

/**
 * What is now, and what stands below it under a line that says `earlier`: two tables in the same columns. `empty` stands
 * where nothing is now.
 */
export function splitTable(
  columns: readonly Column[],
  { now, was }: Rows,
  view: ViewOptions,
  empty: string,
): { above: string[]; below: string[] } {
  const lines = table(columns, [...now, ...was], view);
  return {
    above: now.length === 0 ? [line([empty], view)] : lines.slice(0, now.length + 1),
    below: was.length === 0 ? [] : ['', line([{ text: 'earlier', paint: 'dim' }], view), ...lines.slice(now.length + 1)],
  };
}
