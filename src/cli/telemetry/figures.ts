import type { MemoryCounts } from '../../memory/memoryCounts.ts';

/** What the process that runs it adds. */
export interface ProcessFigures {
  checkpoints: { count: number; failures: number; bytes: number };
  /** Patterns of the last closed window by state. */
  patterns: Readonly<Record<string, number>>;
  /** Lines and patterns that the memories do not hold. */
  memory: MemoryCounts;
}
