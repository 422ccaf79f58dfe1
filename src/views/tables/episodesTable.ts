import type { EpisodeFinding } from '../../signal.ts';
import { markdownTable, code } from '../markdown/markdown.ts';
import { age } from '../text/duration.ts';
import { line } from '../text/line.ts';
import { count } from '../text/numbers.ts';
import { idPiece, word } from '../text/paints.ts';
import { shortIds } from '../text/shortIds.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import { parseTime, minute, writeDate } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

const columns: Column[] = [
  { head: 'score', align: 'right', min: 5 },
  { head: 'state', min: 8 },
  { head: 'since', min: 17 },
  { head: 'lasted', align: 'right' },
  { head: 'patterns', align: 'right' },
  { head: 'groups', align: 'right' },
  { head: 'id', min: 4 },
  { head: 'what' },
];
const none = 'No episode is known.';

interface Row {
  finding: EpisodeFinding;
  cells: string[];
}

/** One that is over lasted until then, one that goes on lasts until the time that is known. `now`: milliseconds. */
function list(episodes: readonly EpisodeFinding[], now: number, { timeZone }: ViewOptions): Row[] {
  const short = shortIds(episodes.map(({ id }) => id));
  return episodes.map((finding) => {
    const { id, state, since, updated, title, result } = finding;
    const from = parseTime(since);
    const to = state === 'resolved' ? parseTime(updated) : Math.max(now, parseTime(updated));
    const groups = new Set(result.members.map(({ group_id: group }) => group)).size;
    const began = `${writeDate(from, timeZone)} ${minute(from, timeZone)}`;
    return {
      finding,
      cells: [count(result.score), state, began, age(to - from), count(result.members.length), count(groups), short(id), title],
    };
  });
}

/** Episodes, a line each, as they are given. `now`: the time that is known of, milliseconds. */
export function episodesTable(episodes: readonly EpisodeFinding[], now: number, view: ViewOptions): string[] {
  if (episodes.length === 0) return [line([none], view)];
  const rows = list(episodes, now, view).map(({ cells }) =>
    cells.map((text, at): Cell => (at === 1 ? word(text) : at === 6 ? idPiece(text) : text)),
  );
  return table(columns, rows, view);
}

/** The same for a ticket. */
export function episodesMarkdown(episodes: readonly EpisodeFinding[], now: number, view: ViewOptions): string[] {
  if (episodes.length === 0) return [none];
  const rows = list(episodes, now, view).map(({ cells }) => cells.map((text, at) => (at >= 6 ? code(text) : text)));
  return markdownTable(
    columns.map(({ head, align }) => ({ head, ...(align === 'right' && { align }) })),
    rows,
  );
}
