import { toIso } from '../../../src/event.ts';
import type { TopicRecord } from '../../../src/memory/topics/topicRecord.ts';
import { sampleBlip } from '../views/viewSamples.ts';

export const MINUTE = 60_000;

/** A topic as it is kept, which moved at these minutes. */
export function topicRecord(id: string, moves: number[] = [], more: Partial<TopicRecord> = {}): TopicRecord {
  const {
    start: _start,
    end: _end,
    open: _open,
    count: _count,
    usual: _usual,
    state: _state,
    score: _score,
    bits: _bits,
    why: _why,
    trend: _trend,
    ...facts
  } = sampleBlip({ topic_id: id, label: id });
  return {
    ...facts,
    text: id,
    template_ids: [],
    members: [],
    lineage: [],
    history: [],
    count_7d: 0,
    judged: null,
    moves: moves.map((at) => ({ at: toIso(at * MINUTE), until: toIso((at + 5) * MINUTE), state: 'rising', count: 9, usual: 1 })),
    ...more,
  };
}

export const listTopicIds = (list: readonly { topic: TopicRecord }[]) => list.map(({ topic }) => topic.topic_id);
