import { line } from './line.ts';
import { idPiece } from './paints.ts';
import { shortIds } from './shortIds.ts';
import { table, type Cell, type Column } from './table.ts';
import { clock, msOf } from './time.ts';
import { columnsOf, widest, type ViewOptions } from './viewOptions.ts';

/** One thing that went into a pattern. */
export interface LineageRow {
  /** Id and label of the pattern. */
  topic_id: string;
  label: string;
  merged: 'template' | 'topic';
  from: string;
  into: string;
  at: string;
}

/** What became one with what, and when, newest first. Ids of topics are those of the radar; templates have ids of their own. */
export function lineageTable(rows: readonly LineageRow[], view: ViewOptions): string[] {
  if (rows.length === 0) return [line(['Nothing was merged.'], view)];
  const short = shortIds(rows.map(({ topic_id: id }) => id));
  const shortOf = shortIds(rows.flatMap(({ from, into }) => [from, into]));
  const wide = columnsOf(view) >= widest;
  const columns: Column[] = [
    { head: 'time' },
    { head: 'merged', min: 8 },
    { head: 'from', min: 4 },
    { head: 'into', min: 4 },
    ...(wide ? [{ head: 'id', min: 4 }] : []),
    { head: 'pattern' },
  ];
  const now = view.now ?? Math.max(...rows.map(({ at }) => msOf(at)));
  const cells = rows.map(({ topic_id: id, label, merged, from, into, at }): Cell[] => [
    clock(msOf(at), view.timeZone, now),
    merged === 'topic' ? 'pattern' : merged,
    shortOf(from),
    shortOf(into),
    ...(wide ? [idPiece(short(id))] : []),
    label,
  ]);
  return table(columns, cells, view);
}
