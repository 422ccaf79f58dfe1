import type { Analysis, AnalysisTopic } from './analyze.ts';

const MOST_LINES = 8;

/** The classic listing of an analysis: a heading, then at most eight ranked lines. */
export function classicLines({ run, topics }: Analysis): string[] {
  if (run.texts === 0) return [noEventsLine(run.group_id)];
  return [`Group: ${run.group_id}  Texts: ${run.texts}  Run: ${run.run_id}`, ...topics.slice(0, MOST_LINES).map(classicLine)];
}

/** `   1. receiving block, block  [weight=warm temporal=new]  n=2` */
export function classicLine({ label, clusters, tier, temporal, members }: AnalysisTopic, index: number): string {
  const merged = clusters > 1 ? ` (merged ${clusters} clusters)` : '';
  return `${String(index + 1).padStart(4)}. ${label}${merged}  [weight=${tier} temporal=${temporal}]  n=${members}`;
}

export function noEventsLine(group: string): string {
  return `No events found for group_id=${group}`;
}
