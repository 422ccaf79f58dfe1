import type { SinkDecision } from '../../findings/whyNot/decision.ts';
import { line } from '../text/line.ts';
import { shortIds } from '../text/shortIds.ts';
import { table, type Cell } from '../text/table.ts';
import { moment } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** What was sent when, to whom, with what answer; and what was not, and why. The newest last. */
export function deliveriesTable(all: readonly SinkDecision[], view: ViewOptions): string[] {
  if (all.length === 0) return [line(['Nothing was sent in what is kept.'], view)];
  const short = shortIds(all.map(({ id }) => id));
  const rows = all.map(({ wall, sink, kind, why, answer, id, severity, group, title }): Cell[] => [
    moment(Date.parse(wall), view.timeZone),
    sink,
    kind === 'sent' ? why : `${kind}: ${why}`,
    answer ?? '-',
    short(id),
    severity,
    `${group}  ${title}`,
  ]);
  return table(
    [{ head: 'when' }, { head: 'to' }, { head: 'what', max: 40 }, { head: 'answer' }, { head: 'id' }, { head: 'severity' }, { head: 'of' }],
    rows,
    view,
  );
}
