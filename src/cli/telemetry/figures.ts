import type { MemoryCounts } from '../../memory/memoryCounts.ts';
import type { Warning } from './warnings.ts';

/** What the process that runs it adds. */
export interface ProcessFigures {
  checkpoints: { count: number; failures: number; bytes: number };
  /** Patterns of the last closed window by state. */
  patterns: Readonly<Record<string, number>>;
  /** Lines and patterns that the memories do not hold. */
  memory: MemoryCounts;
  /** What went wrong so far. */
  warnings: readonly Warning[];
}
