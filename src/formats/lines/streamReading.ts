import type { HeaderHints } from '../header/headerHints.ts';
import type { LevelScale } from '../json/levelScale.ts';
import type { DateOrder } from '../time/dateOrder.ts';

/** What the first lines of a stream say about all of it. Plain data: it is saved with the position, so that a restart reads on alike. */
export type StreamReading = HeaderHints & {
  /** Order of day, month and year in dates of three numbers. */
  order: DateOrder;
  /** What numbers at the level of its JSON records mean; null when it has none. */
  scale: LevelScale | null;
  /** Column of the bars behind names (docker compose); -1 when there are none. */
  column: number;
  /** Records are two lines: stamp and place, then level and message (java.util.logging). */
  twoLines: boolean;
  /** The word that each paragraph begins with, which is one record then; '' when lines are. */
  head: string;
};

export const unsettled: StreamReading = {
  places: null,
  levelFirst: false,
  levelSecond: false,
  tags: false,
  order: { long: null, short: null },
  scale: null,
  column: -1,
  twoLines: false,
  head: '',
};

/** A reading that `position` saved; null when it has none, as positions of older releases. */
export function savedReading(saved: unknown): StreamReading | null {
  return typeof saved === 'object' && saved !== null ? { ...unsettled, ...(saved as Partial<StreamReading>) } : null;
}
