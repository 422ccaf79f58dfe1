import type { Blip, RateState } from '../../signal.ts';
import { line } from '../text/line.ts';
import { count, decimal } from '../text/numbers.ts';
import { idPiece, word } from '../text/paints.ts';
import { shortIds } from '../text/shortIds.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import { clock, parseTime } from '../text/time.ts';
import { usableColumns, widest, type ViewOptions } from '../text/viewOptions.ts';

/** A topic as it is remembered. */
export type TopicRow = Pick<
  Blip,
  'topic_id' | 'group_id' | 'label' | 'templates' | 'total' | 'weight' | 'tier' | 'temporal' | 'first_seen' | 'last_seen'
> & {
  /** What its rate does now, where that is known. */
  state?: RateState;
};

/** What it is called, and how many templates it merges where they are several. */
const writeLabel = ({ label, templates }: TopicRow): string => (templates > 1 ? `${label}  (merged ${count(templates)})` : label);

/** The patterns of a memory: how much each weighs, how it lives, when it was seen. */
export function topicsTable(topics: readonly TopicRow[], view: ViewOptions): string[] {
  if (topics.length === 0) return [line(['No patterns yet: nothing was analysed.'], view)];
  const short = shortIds(topics.map(({ topic_id: id }) => id));
  const wide = usableColumns(view) >= widest;
  const stated = topics.some(({ state }) => state !== undefined);
  const columns: Column[] = [
    { head: 'id', min: 4 },
    { head: 'weight', align: 'right', min: 6 },
    { head: 'tier', min: 4 },
    { head: 'life', min: 8 },
    ...(stated ? [{ head: 'state', min: 9 }] : []),
    { head: 'count', align: 'right', min: 6 },
    ...(wide && !stated ? [{ head: 'first seen' }] : []),
    { head: 'last seen' },
    { head: 'pattern' },
  ];
  const now = view.now ?? topics.reduce((latest, { last_seen: last }) => Math.max(latest, parseTime(last)), 0);
  const seen = (text: string) => clock(parseTime(text), view.timeZone, now);
  const rows = topics.map((topic): Cell[] => [
    idPiece(short(topic.topic_id)),
    decimal(topic.weight, 2),
    topic.tier,
    topic.temporal,
    ...(stated ? [word(topic.state ?? '-')] : []),
    count(topic.total),
    ...(wide && !stated ? [seen(topic.first_seen)] : []),
    seen(topic.last_seen),
    writeLabel(topic),
  ]);
  const groups = [...new Set(topics.map(({ group_id: group }) => group))];
  if (groups.length === 1) return table(columns, rows, view);
  return groups.flatMap((group, at) => [
    ...(at === 0 ? [] : ['']),
    line([{ text: group, paint: 'bold' }], view),
    ...table(
      columns,
      rows.filter((_, row) => topics[row]!.group_id === group),
      view,
    ),
  ]);
}
