import type { Json } from './event.ts';
import type { Signal } from './signal.ts';

/**
 * What came next of one source, or word that nothing came for a while: what a source gives, what the journal holds, what a
 * replay reads and what a stage works on. A run is a pure function of its arrivals.
 */
export interface Arrival {
  /** Id of the source; null when nothing came. */
  source: string | null;
  /** When it was decided, by the run's clock, milliseconds. */
  at: number;
  /** In the source's order. */
  records: readonly Signal[];
  /** How many the source gave for them: duplicates included. */
  given: number;
  /** Where the source stands behind them; absent while its batch goes on. */
  position?: Json;
  /** Records behind that position which an earlier run has worked on. */
  left: number;
  /** Event time up to which the source is complete, although it may have found nothing, milliseconds. */
  watermark?: number | undefined;
  /** The source's event clock behind them, where it has one: with its position, what a restart goes on from. */
  clock?: Json;
  /** The source has come to its end. */
  ended?: boolean;
  /**
   * Of a source whose records are put in order: whether they are given again when the input has grown, such as its unfinished
   * end. Absent of others, where the position says so by staying the same.
   */
  again?: boolean;
  /** Not of the source itself: it does not move it. */
  aside?: boolean;
}

/** Word that nothing came for a while. */
export const silence = (at: number): Arrival => ({ source: null, at, records: [], given: 0, left: 0 });
