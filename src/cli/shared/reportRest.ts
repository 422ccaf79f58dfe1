import type { RunReport } from '../../run/report.ts';
import { readStamps } from '../telemetry/readStamps.ts';

/** What came of an input beside its radar: rejected records, and those that stand at another time than they name. Empty when nothing did. */
export function reportRest({ rejected, sources, late }: RunReport): string[] {
  const lines: string[] = [];
  const many = rejected.reduce((sum, { count }) => sum + count, 0);
  const reasons = rejected.slice(0, 3).map((r) => `${r.count} ${r.reason} (${r.example})`);
  if (many > 0) lines.push(`${many} rejected: ${reasons.join('; ')}`);
  for (const source of sources)
    for (const { kind, count, what } of readStamps(source)) {
      if (count === 0) continue;
      lines.push(kind === 'ahead' ? `Time: ${what}.` : `Time: ${count} of ${source.read} records have ${what}.`);
    }
  if (late > 0) lines.push(`Time: ${late} records came after their window had closed; no count of it holds them.`);
  return lines;
}
