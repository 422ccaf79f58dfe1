import type { RunReport } from '../../pipeline/report.ts';

/** How a run stands, asked for at any moment. */
export interface RunFigures {
  report: RunReport;
  /** Newest event time and watermark, milliseconds; null before the first record. */
  newest: number | null;
  watermark: number | null;
  /** A live source is among its sources: it ends only when it is stopped. */
  live: boolean;
}

/** What the process that runs it adds. */
export interface ProcessFigures {
  checkpoints: { count: number; failures: number; bytes: number };
  /** Patterns of the last closed window by state. */
  patterns: Readonly<Record<string, number>>;
}
