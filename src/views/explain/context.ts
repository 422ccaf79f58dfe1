import type { ContextResult, Neighbour } from './contextResult.ts';
import { listContextIds } from './listContextIds.ts';
import { age, duration } from '../text/duration.ts';
import { commands, cutTo, heading } from '../text/layout.ts';
import { line, shown, type Row } from '../text/line.ts';
import { count, decimal } from '../text/numbers.ts';
import { idPiece, title, word } from '../text/paints.ts';
import { shortIds } from '../text/shortIds.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import { padEnd, width } from '../text/text.ts';
import { clock, writeDate, minute, moment, parseTime } from '../text/time.ts';
import { trend } from '../text/trend.ts';
import { usableColumns, widest, type ViewOptions } from '../text/viewOptions.ts';

/** Where the text begins, behind its name. */
const indent = 16;

type Short = (id: string) => string;

const labelled = (name: string, row: Row, view: ViewOptions, at = indent): string =>
  line([{ text: padEnd(name, at), paint: 'dim' }, ...row], view);

/** A memory's reach in days where it has some: `34 days`. */
const reach = (ms: number): string => (ms >= 2 * 86_400_000 ? `${count(Math.floor(ms / 86_400_000))} days` : duration(ms));

/** How much was compared; by what, where it was not words. */
function searchedText({ patterns, groups, memory_ms: memory, by }: ContextResult['searched']): string {
  const many = `searched ${count(patterns)} patterns, ${count(groups)} ${groups === 1 ? 'group' : 'groups'}, ${reach(memory)}`;
  return by === 'lexical' ? many : `${many}, compared by ${by}`;
}

function nearestLines({ nearest, as_of: asOf }: ContextResult, short: Short, view: ViewOptions): string[] {
  if (nearest.length === 0) return [line(['nothing near: no pattern shares its words, or moved at that time'], view)];
  const now = parseTime(asOf);
  const wide = usableColumns(view) >= widest;
  const columns: Column[] = [
    { head: 'match', align: 'right' },
    { head: 'id', min: 4 },
    { head: 'state', min: 9 },
    ...(wide ? [{ head: 'first seen', min: 11 }] : []),
    { head: 'last seen', min: wide ? 11 : 9 },
    { head: '7 days', align: 'right', min: wide ? 8 : 6 },
    { head: 'pattern' },
  ];
  const seen = (text: string) => clock(parseTime(text), view.timeZone, now);
  const rows = nearest.map((near): Cell[] => [
    near.match === null ? '-' : decimal(near.match, 2),
    idPiece(short(near.topic_id)),
    word(near.state),
    ...(wide ? [seen(near.first_seen)] : []),
    seen(near.last_seen),
    count(near.count_7d),
    near.label,
  ]);
  return [line([{ text: 'nearest', paint: 'dim' }], view), ...table(columns, rows, view, { indent: 2 })];
}

function whenLines({ when }: ContextResult, view: ViewOptions): string[] {
  if (!when || when.counts.length === 0) return [];
  const [from, to] = [parseTime(when.from), parseTime(when.to)];
  const cells = trend(when.counts, view.ascii, when.counts.length);
  const start = minute(from, view.timeZone).slice(0, 5);
  return [
    '',
    labelled(
      'when',
      [`${start} ${cells} ${minute(to, view.timeZone)}     ${duration((to - from) / when.counts.length)} a cell, nearest pattern`],
      view,
      8,
    ),
  ];
}

/** Three columns beside each other: what moved before, at the same time, and after. */
function neighbourLines({ same_minutes: near }: ContextResult, short: Short, view: ViewOptions): string[] {
  if (!near) return [];
  const lists = [near.before, near.during, near.after];
  if (lists.every((list) => list.length === 0)) return [];
  const text = ({ topic_id: id, text: words }: Neighbour) => (id === undefined ? words : `${short(id)}  ${words}`);
  const widestText = Math.max(0, ...lists.flat().map((one) => width(shown(text(one), view))));
  const room = Math.floor((usableColumns(view) - indent) / 3);
  const cell = view.uncut ? Math.max(room, widestText + 2) : room;
  const padded = (text: string) => padEnd(cutTo(text, cell - 1, view), cell);
  const rows = Array.from({ length: Math.min(6, Math.max(...lists.map(({ length }) => length))) }, (_, at) =>
    labelled(
      '',
      lists.map((list) => padded(list[at] ? text(list[at]) : '')),
      view,
    ),
  );
  return [
    '',
    labelled(
      'same minutes',
      ['before', 'during', 'after'].map((head) => ({ text: padded(head), paint: 'dim' as const })),
      view,
    ),
    ...rows,
  ];
}

function pastLines(
  { usually_before: usually = [], past_episodes: episodes = [], values = [] }: ContextResult,
  short: Short,
  view: ViewOptions,
): string[] {
  const before = usually.map(
    ({ topic_id: id, in: times, of, earlier_ms: earlier }) =>
      `${short(id)} in ${count(times)} of ${count(of)} past ${of === 1 ? 'episode' : 'episodes'}, ${age(earlier)} earlier`,
  );
  const past = episodes.map(({ id, at, lasted_ms: lasted, values: of = [], note, link }) => {
    const when = `${writeDate(parseTime(at), view.timeZone)} ${minute(parseTime(at), view.timeZone)}`;
    return [`${short(id)}  ${when}`, lasted === null ? '' : age(lasted), of.join(' '), note ? `"${note}"` : '', link ?? '']
      .filter(Boolean)
      .join('  ');
  });
  const slots = values.map(
    ({ type, values: seen }) =>
      `${type} ${seen
        .slice(0, 4)
        .map(({ value, count: many }) => `${value} ${count(many)}`)
        .join(', ')}`,
  );
  const block = (name: string, lines: string[]) => lines.map((text, at) => labelled(at === 0 ? name : '', [text], view));
  const all = [
    ...block('usually before', before),
    ...block('past episodes', past),
    ...block('values', slots.length > 0 ? [slots.join('        ')] : []),
  ];
  return all.length === 0 ? [] : ['', ...all];
}

/** What is known around a text, a pattern or a time: nearest patterns, when they came, what moved beside them, and the past. */
export function context(data: ContextResult, view: ViewOptions): string[] {
  const { nearest, searched, past_episodes: episodes = [] } = data;
  const short = shortIds(listContextIds(data));
  const room = Math.max(16, Math.min(usableColumns(view), 90) - 46);
  const first = episodes[0]?.id ?? nearest[0]?.topic_id;
  const start = data.when ? clock(parseTime(data.when.from), view.timeZone).replace(/:\d\d(?=Z)/, '') : null;
  const next =
    first === undefined ? [] : [`caducus explain ${short(first)}`, ...(start === null ? [] : [`caducus replay rec --from ${start}`])];
  return [
    ...heading([title('CONTEXT'), `  "${cutTo(data.query, room, view)}"`], [`as of ${moment(parseTime(data.as_of), view.timeZone)}`], view),
    line([searchedText(searched)], view),
    '',
    ...nearestLines(data, short, view),
    ...whenLines(data, view),
    ...neighbourLines(data, short, view),
    ...pastLines(data, short, view),
    ...commands(['No LLM was asked.', ...next], view),
  ];
}
