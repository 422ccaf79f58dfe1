import type { Json } from '../../event.ts';
import type { Signal } from '../../signal.ts';

/** Records of one source that come next; with index -1 word that nothing came for a while. */
export interface Taken {
  index: number;
  /** Time of the run's clock, milliseconds. */
  at: number;
  records: readonly Signal[];
  /** How many the source gave for them: duplicates included. */
  given: number;
  /** Where the source stands behind them; undefined when its batch goes on. */
  position?: Json;
  /** Records behind that position which have been taken before. */
  left: number;
  watermark?: number | undefined;
  ended?: boolean;
  /** Not of the source: it does not move it. */
  aside?: boolean;
}
