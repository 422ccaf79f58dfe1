import type { MoveRecord, TopicRecord } from './topicRecord.ts';

/** A topic that moved near a moment. Times in milliseconds. */
export interface Beside {
  topic: TopicRecord;
  move: MoveRecord;
  /** From the moment to when it began to move; negative before. */
  offset: number;
}

/** A stretch of event time, milliseconds. */
export interface Stretch {
  from: number;
  to: number;
}

/** What moved before a stretch of time, within it and after it, the nearest in time first; `reach` milliseconds each way. */
export function besides(
  topics: readonly TopicRecord[],
  { from, to }: Stretch,
  reach: number,
): Record<'before' | 'during' | 'after', Beside[]> {
  const all = topics.flatMap((topic) => topic.moves.map((move): Beside => ({ topic, move, offset: Date.parse(move.at) - from })));
  const within = (least: number, most: number) => onePerTopic(all.filter(({ offset }) => offset >= least && offset < most).sort(byOffset));
  const length = Math.max(1, to - from);
  return { before: within(-reach, 0), during: within(0, length), after: within(length, length + reach) };
}

/** How often, and how long before, other topics moved ahead of these moments. Times in milliseconds. */
export interface Ahead {
  topic: TopicRecord;
  in: number;
  of: number;
  /** Mean distance. */
  earlier: number;
}

/** Topics that moved within `reach` before at least half of the moments, the most frequent first. */
export function usuallyAhead(topics: readonly TopicRecord[], moments: readonly number[], reach: number): Ahead[] {
  if (moments.length === 0) return [];
  return topics
    .map((topic): Ahead => {
      const gaps = moments.flatMap((at) => {
        const before = topic.moves.map((move) => at - Date.parse(move.at)).filter((gap) => gap > 0 && gap <= reach);
        return before.length > 0 ? [Math.min(...before)] : [];
      });
      return { topic, in: gaps.length, of: moments.length, earlier: gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length) };
    })
    .filter((one) => one.in > 0 && one.in * 2 >= one.of)
    .sort((a, b) => b.in - a.in || a.earlier - b.earlier || (a.topic.topic_id < b.topic.topic_id ? -1 : 1));
}

function byOffset(a: Beside, b: Beside): number {
  return Math.abs(a.offset) - Math.abs(b.offset) || (a.topic.topic_id < b.topic.topic_id ? -1 : 1);
}

/** The first of each topic. */
function onePerTopic(list: readonly Beside[]): Beside[] {
  const seen = new Set<string>();
  return list.filter(({ topic: { group_id: group, topic_id: id } }) => {
    const key = `${group}\n${id}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
