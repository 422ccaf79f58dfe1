import { alarmStanding, type AlarmStanding } from '../results/alarmStanding.ts';
import type { Finding } from '../signal.ts';

/** What is known of how often chance opens as much as this finding is; null where it is no matter of chance. */
export function byChance({ result: { false_alarms: standing } }: Finding): AlarmStanding | null {
  // Findings come out of files and out of operators of one's own, too.
  if (standing === undefined || !alarmStanding.safeParse(standing).success) return null;
  return standing.needed_bits === null ? null : standing;
}

/** Whether chance opens as much more often than the pipeline allows: it is shown, and not sent. */
export function isBeyondBudget(finding: Finding): boolean {
  const standing = byChance(finding);
  return standing !== null && standing.bits < standing.needed_bits!;
}
