import { hasOwnResult } from '../../findings/hasOwnResult.ts';
import type { Finding } from '../../signal.ts';
import { age } from '../text/duration.ts';
import { counted } from '../text/numbers.ts';
import { minute, parseTime, writeDate } from '../text/time.ts';

/** `03:05 to 03:46Z`; with their dates where they are not of one day. */
function writeSpan(from: number, to: number): string {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return '-';
  const [a, b] = [writeDate(from, 'UTC'), writeDate(to, 'UTC')];
  const start = minute(from, 'UTC').replace(/Z$/, '');
  return a === b ? `${start} to ${minute(to, 'UTC')}` : `${a} ${start} to ${b} ${minute(to, 'UTC')}`;
}

/** How long something was on that is over, what all it was, and who declared it over. */
export function writeEnd(finding: Finding, late: boolean): string {
  const [from, to] = [parseTime(finding.since), parseTime(finding.updated)];
  const lasted = age(Math.max(0, to - from));
  if (late) return `was on ${lasted} while this could not be delivered (${writeSpan(from, to)}).`;
  const by = hasOwnResult(finding) ? finding.result.resolved_by : undefined;
  const extent =
    hasOwnResult(finding) && finding.type === 'episode'
      ? `: ${counted(finding.result.members.length + (finding.result.more_members ?? 0), 'pattern')} in ${counted(finding.result.groups, 'group')}`
      : '';
  const who = by ? `  resolved by ${by.who}${by.note === undefined ? '' : `: "${by.note}"`}.` : '';
  return `was on ${lasted}, ${writeSpan(from, to)}${extent}.${who}`;
}
