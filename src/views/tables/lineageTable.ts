import { line } from '../text/line.ts';
import { idPiece } from '../text/paints.ts';
import { shortIds } from '../text/shortIds.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import { clock, parseTime } from '../text/time.ts';
import { usableColumns, widest, type ViewOptions } from '../text/viewOptions.ts';

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
  const shorten = shortIds(rows.flatMap(({ from, into }) => [from, into]));
  const wide = usableColumns(view) >= widest;
  const columns: Column[] = [
    { head: 'time' },
    { head: 'merged', min: 8 },
    { head: 'from', min: 4 },
    { head: 'into', min: 4 },
    ...(wide ? [{ head: 'id', min: 4 }] : []),
    { head: 'pattern' },
  ];
  const now = view.now ?? Math.max(...rows.map(({ at }) => parseTime(at)));
  const cells = rows.map(({ topic_id: id, label, merged, from, into, at }): Cell[] => [
    clock(parseTime(at), view.timeZone, now),
    merged === 'topic' ? 'pattern' : merged,
    shorten(from),
    shorten(into),
    ...(wide ? [idPiece(short(id))] : []),
    label,
  ]);
  return table(columns, cells, view);
}
