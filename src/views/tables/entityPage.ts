import type { EntityPattern, EntityStory } from '../../findings/entities/entityStory.ts';
import { age } from '../text/duration.ts';
import { commands, flow, heading } from '../text/layout.ts';
import { count, counted, decimal, percent } from '../text/numbers.ts';
import { idPiece, title, word } from '../text/paints.ts';
import { shortIds } from '../text/shortIds.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import { clock, datedSpan, minute, parseTime, writeDate } from '../text/time.ts';
import { trend } from '../text/trend.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** An episode in which the entity was what its members have in common. */
export interface EntityEpisode {
  id: string;
  since: string;
  state: string;
  title: string;
  in: number;
  of: number;
}

const columns: Column[] = [
  { head: 'bits', align: 'right', min: 4 },
  { head: 'level', min: 5 },
  { head: 'count', align: 'right', min: 5 },
  { head: 'of', align: 'right', min: 6 },
  { head: 'last', min: 9 },
  { head: 'id', min: 4 },
  { head: 'group', max: 28 },
  { head: 'pattern' },
];
/** Patterns that are listed. */
const most = 12;

/**
 * The story of an entity: when, where, in which patterns more than elsewhere, with whom, in which episodes; `remembered` are the
 * lines of what a pipeline remembers of it, which is all there is where no line that is kept names it.
 */
export function entityPage(
  story: EntityStory,
  episodes: readonly EntityEpisode[],
  view: ViewOptions,
  remembered: readonly string[] = [],
): string[] {
  if (story.lines === 0) return [...heading([title('ENTITY'), `  ${story.name}`], [], view), ...remembered, ...ending([], episodes, view)];
  const { name, lines, of, first_seen: first, last_seen: last, history, places, groups, patterns, with: others } = story;
  const [from, to] = [parseTime(first ?? ''), parseTime(last ?? '')];
  const short = shortIds([...patterns.map(({ template_id: id }) => id), ...episodes.map(({ id }) => id)]);
  const now = history ? parseTime(history.to) : to;
  const list = (all: readonly string[]) => all.join(', ');
  const facts = [
    `${counted(lines, 'line')} of ${count(of)} (${percent(lines, of)}), over ${age(to - from)}.`,
    `Last ${age(now - to)} before the end.`,
    `In ${list(places.map(({ place, count: many }) => `${place} ${count(many)}`))}.`,
    `Groups: ${list(groups.map(({ group_id: group, count: many }) => `${group} ${count(many)}`))}.`,
    ...(others.length > 0 ? [`With ${list(others.map((one) => `${one.name} ${count(one.count)}`))}.`] : []),
  ];
  const rows = patterns
    .slice(0, most)
    .map((one): Cell[] => [
      decimal(one.bits, 1),
      word(one.level ?? '-'),
      count(one.count),
      count(one.of),
      clock(parseTime(one.last_seen), view.timeZone, now),
      idPiece(short(one.template_id)),
      one.group_id,
      one.label,
    ]);
  const rest = patterns.length - rows.length;
  return [
    ...heading([title('ENTITY'), `  ${name}`], [datedSpan(from, to, view.timeZone)], view),
    ...flow(
      facts.map((fact) => [fact]),
      view,
    ),
    ...(history
      ? [`${trend(history.counts, view.ascii, history.counts.length)}  ${datedSpan(parseTime(history.from), now, view.timeZone)}`]
      : []),
    '',
    ...table(columns, rows, view),
    ...(rest > 0 ? [`${count(rest)} more, with fewer bits.`] : []),
    ...(remembered.length > 0 ? ['', ...remembered] : []),
    ...ending(patterns, episodes, view),
  ];
}

/** The incidents, and the command that shows the last of them. */
function ending(patterns: readonly EntityPattern[], episodes: readonly EntityEpisode[], view: ViewOptions): string[] {
  if (episodes.length === 0) return commands([], view);
  const short = shortIds([...patterns.map(({ template_id: id }) => id), ...episodes.map(({ id }) => id)]);
  return ['', ...episodeRows(episodes, short, view), ...commands([`caducus incident ${short(episodes[0]!.id)}`], view)];
}

const episodeRows = (episodes: readonly EntityEpisode[], short: (id: string) => string, view: ViewOptions): string[] =>
  table(
    [{ head: 'episode', min: 7 }, { head: 'since' }, { head: 'state' }, { head: 'in common', align: 'right' }, { head: '' }],
    episodes.map(({ id, since, state, title: what, in: many, of }): Cell[] => [
      idPiece(short(id)),
      `${writeDate(parseTime(since), view.timeZone)} ${minute(parseTime(since), view.timeZone)}`,
      word(state),
      `${count(many)} of ${count(of)}`,
      what,
    ]),
    view,
  );
