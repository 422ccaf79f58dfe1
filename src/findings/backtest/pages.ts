import type { Finding } from '../../signal.ts';

/** A message that would have begun something for somebody. Times are milliseconds of event time. */
export interface Page {
  at: number;
  /** When it was over; null while it was not. */
  until: number | null;
  /** Who would have had it: a team where one is known, else the sink. */
  to: string;
  finding: Finding;
  groups: readonly string[];
  /** The last change before it, if there was one. */
  change: string | null;
}

/** The change that stands beside a finding. */
export const findChange = (finding: Finding): string | null =>
  (finding.type === 'episode' ? finding.result.changes.at(-1)?.text : finding.result.change?.text) ?? null;
