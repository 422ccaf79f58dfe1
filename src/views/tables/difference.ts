import { line } from '../text/line.ts';
import { count } from '../text/numbers.ts';
import { title } from '../text/paints.ts';
import { table, type Cell } from '../text/table.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

interface Standing {
  group_id: string;
  label: string;
  score: number;
  rank: number;
}

/** What differs between two runs over the same records. */
export interface DifferenceData {
  fresh: readonly Standing[];
  gone: readonly Standing[];
  moved: readonly { before: Standing; after: Standing }[];
  same: number;
}

/** What would be new, gone and ranked otherwise, with scores and ranks before and after. */
export function differenceLines({ fresh, gone, moved, same }: DifferenceData, view: ViewOptions): string[] {
  const row = (word: string, before: Standing | null, after: Standing | null): Cell[] => {
    const { group_id: group, label } = (after ?? before)!;
    const number = (standing: Standing | null, name: 'score' | 'rank') => (standing ? count(standing[name]) : '-');
    return [word, number(before, 'score'), number(after, 'score'), number(before, 'rank'), number(after, 'rank'), group, label];
  };
  const rows = [
    ...fresh.map((s) => row('new', null, s)),
    ...gone.map((s) => row('gone', s, null)),
    ...moved.map(({ before, after }) => row('moved', before, after)),
  ];
  const heading = line(
    [title('DIFF'), `  ${count(fresh.length)} new, ${count(gone.length)} gone, ${count(moved.length)} moved, ${count(same)} the same`],
    view,
  );
  if (rows.length === 0) return [heading];
  const columns = [
    { head: '', min: 5 },
    { head: 'score', align: 'right' as const, min: 5 },
    { head: 'now', align: 'right' as const, min: 4 },
    { head: 'rank', align: 'right' as const, min: 5 },
    { head: 'now', align: 'right' as const, min: 4 },
    { head: 'group' },
    { head: 'pattern' },
  ];
  return [heading, '', ...table(columns, rows, view)];
}
