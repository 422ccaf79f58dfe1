import type { RememberedEntity } from '../../findings/entities/entityMemory.ts';
import type { TopicRecord } from '../../memory/topics/topicRecord.ts';
import { flow } from '../text/layout.ts';
import { count, counted } from '../text/numbers.ts';
import { idPiece } from '../text/paints.ts';
import { share } from '../text/share.ts';
import { shortIds } from '../text/shortIds.ts';
import { table, type Cell } from '../text/table.ts';
import { minute, parseTime, writeDate } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** What a pipeline remembers of an entity beyond the lines that are kept; patterns that it no longer knows are left out. */
export function rememberedEntity(
  remembered: RememberedEntity & { pipeline: string },
  topics: readonly TopicRecord[],
  view: ViewOptions,
): string[] {
  const { pipeline, lines, of, since, first_seen: first, last_seen: last, places, groups, patterns, with: others } = remembered;
  const time = (at: string) => `${writeDate(parseTime(at), view.timeZone)} ${minute(parseTime(at), view.timeZone)}`;
  const list = (all: readonly [string, number][]) => all.map(([what, many]) => `${what} ${count(many)}`).join(', ');
  const facts = [
    `Remembered by ${pipeline} since ${time(since)}:`,
    `${counted(lines, 'line')} of ${count(of)} (${share(lines / of)}), the first ${time(first)}, the last ${time(last)}.`,
    ...(places.length > 0 ? [`As ${list(places.map(({ place, count: many }) => [place, many]))}.`] : []),
    `Groups: ${list(groups.map(({ group_id: group, count: many }) => [group, many]))}.`,
    ...(others.length > 0 ? [`With ${list(others.map(({ name, count: many }) => [name, many]))}.`] : []),
  ];
  const known = patterns.flatMap(({ template_id: id, count: many }) => {
    const topic = topics.find(({ template_ids: ids }) => ids.includes(id));
    return topic ? [{ topic, many }] : [];
  });
  const short = shortIds(known.map(({ topic }) => topic.topic_id));
  const rows = known.map(({ topic, many }): Cell[] => [count(many), idPiece(short(topic.topic_id)), topic.group_id, topic.label]);
  return [
    ...flow(
      facts.map((fact) => [fact]),
      view,
    ),
    ...(rows.length > 0
      ? table(
          [{ head: 'count', align: 'right', min: 5 }, { head: 'id', min: 4 }, { head: 'group', max: 28 }, { head: 'pattern' }],
          rows,
          view,
        )
      : []),
  ];
}
