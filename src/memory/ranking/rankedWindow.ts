import type { Blip } from '../../signal.ts';

/** A window that is ranked: its bounds as blips have them, ISO 8601. */
export interface RankedWindow {
  start: string;
  end: string;
}

/** What a line is held by from window to window. */
export const blipKey = ({ group_id: group, topic_id: topic }: Pick<Blip, 'group_id' | 'topic_id'>): string => `${group}\n${topic}`;

/** Keys of the patterns that have become part of this one. */
export const merges = (blip: Blip): string[] => (blip.merged ?? []).map((topic_id) => blipKey({ ...blip, topic_id }));

/** Milliseconds. */
export const windowLength = ({ start, end }: RankedWindow): number => Date.parse(end) - Date.parse(start);
