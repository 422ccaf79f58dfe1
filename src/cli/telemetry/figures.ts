/** What the process that runs it adds. */
export interface ProcessFigures {
  checkpoints: { count: number; failures: number; bytes: number };
  /** Patterns of the last closed window by state. */
  patterns: Readonly<Record<string, number>>;
}
