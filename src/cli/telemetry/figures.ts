import type { MemoryCounts } from '../../memory/memoryCounts.ts';
import type { Blip } from '../../signal.ts';
import type { Warning } from './warnings.ts';

/** What the process that runs it adds. */
export interface ProcessFigures {
  checkpoints: { count: number; failures: number; bytes: number };
  /** Patterns of the last closed window by state. */
  patterns: Readonly<Record<string, number>>;
  /** Rows of the radar of that window, what stands out most first. */
  top: readonly Blip[];
  /** Lines and patterns that the memories do not hold. */
  memory: MemoryCounts;
  /** What went wrong so far. */
  warnings: readonly Warning[];
}
