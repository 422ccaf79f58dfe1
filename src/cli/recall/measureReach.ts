import type { TopicRecord } from '../../memory/topics/topicRecord.ts';

/** How far back a memory reaches, milliseconds: from the first time of any pattern to its newest event. */
export function measureReach(topics: readonly TopicRecord[], asOf: string | null): number {
  const first = topics.reduce((least, { first_seen: at }) => (at < least ? at : least), asOf ?? '');
  return asOf === null || first === '' ? 0 : Math.max(0, Date.parse(asOf) - Date.parse(first));
}
