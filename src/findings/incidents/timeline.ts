import type { Mark, MarkType } from '../../signal.ts';
import type { Incident } from './incident.ts';

/** One line of the story of an incident. Times ISO 8601 UTC. */
export interface TimelineEntry {
  at: string;
  /** Time from its start, milliseconds; below 0 before it. */
  offset_ms: number;
  kind: 'change' | 'moved' | 'sent' | 'answer' | 'over';
  /** State of what moved, kind of an answer. */
  word: string;
  group_id?: string;
  topic_id?: string;
  count?: number;
  text: string;
}

/** What was sent of an incident, when and to whom. */
export interface Sent {
  at: string;
  to: string;
}

/** Ends of what people answer, as the story has them. */
const words: Readonly<Record<MarkType, string>> = {
  ack: 'acked',
  silence: 'silenced',
  note: 'note',
  resolve: 'resolved',
  change: 'change',
  useful: 'useful',
  useless: 'useless',
  guess: 'guessed',
};

/** Everything that is known of an incident, in order of time. */
export function tellTimeline({ finding, marks, ending }: Incident, sent: readonly Sent[] = []): TimelineEntry[] {
  const { since, updated, state, result } = finding;
  const entries: Omit<TimelineEntry, 'offset_ms'>[] = [
    ...result.changes.map(({ at, text }) => ({ at, kind: 'change' as const, word: 'change', text })),
    ...result.members.map(({ at, state: word, group_id, topic_id, count, label }) => ({
      at,
      kind: 'moved' as const,
      word,
      group_id,
      topic_id,
      count,
      text: label,
    })),
    ...sent.map(({ at, to }) => ({ at, kind: 'sent' as const, word: 'sent', text: `to ${to}` })),
    ...marks.map((mark) => ({ at: mark.at, kind: 'answer' as const, word: words[mark.type], text: describeMark(mark) })),
    ...(ending?.by === 'change' && !result.changes.some(({ at }) => at === ending.at)
      ? [{ at: ending.at, kind: 'change' as const, word: 'change', text: ending.text }]
      : []),
    ...(state === 'resolved' ? [{ at: updated, kind: 'over' as const, word: 'over', text: '' }] : []),
  ];
  const start = Date.parse(since);
  return entries.map((entry) => ({ ...entry, offset_ms: Date.parse(entry.at) - start })).toSorted((a, b) => a.offset_ms - b.offset_ms);
}

function describeMark({ who, text, link, until }: Mark): string {
  const parts = [who, until === undefined ? '' : `until ${until}`, text === undefined ? '' : `"${text}"`, link ?? ''];
  return parts.filter(Boolean).join(', ');
}
