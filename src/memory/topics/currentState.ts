import type { RateState } from '../../signal.ts';
import { TREND } from '../patterns/pattern.ts';
import type { TopicRecord } from './topicRecord.ts';

/** The length of the windows that were judged, milliseconds; five minutes while none was. */
export function findWindow(topics: readonly TopicRecord[]): number {
  const judged = topics.find((topic) => topic.judged !== null)?.judged;
  return judged ? Date.parse(judged.end) - Date.parse(judged.start) : 300_000;
}

/** A topic's state at an event time: its last one; what has not come for as long as a trend shows is gone. Milliseconds. */
export function currentState({ judged, last_seen: last }: TopicRecord, end: number, windowMs: number): RateState {
  if (judged && Date.parse(judged.end) >= end) return judged.state;
  return end - Date.parse(last) > TREND * windowMs ? 'gone' : (judged?.state ?? 'steady');
}
