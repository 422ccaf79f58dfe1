import { currentState, findWindow } from '../../memory/topics/currentState.ts';
import type { TopicRecord } from '../../memory/topics/topicRecord.ts';
import type { RateState } from '../../signal.ts';
import type { Known } from './known.ts';

/** The end of what a run knows, milliseconds: of its last window, or its newest event. */
export const knownUntil = ({ recall: { as_of: asOf, radar } }: Known): number =>
  Math.max(asOf === null ? 0 : Date.parse(asOf), radar === null ? 0 : Date.parse(radar.end));

/** The topics of a run that are in a state now. */
export function inState(known: Known, state: RateState): TopicRecord[] {
  const end = knownUntil(known);
  const length = findWindow(known.topics);
  return known.topics.filter((topic) => currentState(topic, end, length) === state);
}
