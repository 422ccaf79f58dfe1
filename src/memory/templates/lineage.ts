/** Two templates, or two topics, turned out to be one. */
export interface LineageRecord {
  merged: 'template' | 'topic';
  from: string;
  into: string;
  /** Event time in milliseconds: of the line that brought the evidence; for topics the newest event of the two. */
  at: number;
}

/** Records a topic keeps of what went into it, the last ones. */
const KEPT = 64;

/** Two lineages as one, in order of time. */
export function joinLineages(a: readonly LineageRecord[], b: readonly LineageRecord[]): LineageRecord[] {
  return [...a, ...b].sort((x, y) => x.at - y.at).slice(-KEPT);
}
