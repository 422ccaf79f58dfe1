import type { Blip, EarlierBlip } from '../../signal.ts';
import { age } from '../text/duration.ts';
import { minute, parseTime, writeDate } from '../text/time.ts';

/** `Disk failure on dn2`, and `on 19h  Disk failure on dn2` of what began in an earlier window and is still on. */
export const patternCell = ({ label, end, on_since: since }: Blip): string =>
  since === undefined ? label : `on ${age(parseTime(end) - parseTime(since))}  ${label}`;

/** `03:05, 15m ago  Disk failure on dn2`: when it stood out most, for how long where that was longer, and when that ended. */
export function earlierCell({ label, start, end, until, on_since: since }: EarlierBlip, now: number, timeZone: string): string {
  const from = parseTime(start);
  const clock = writeDate(from, timeZone) === writeDate(now, timeZone) ? minute(from, timeZone).slice(0, 5) : writeDate(from, timeZone);
  const began = Math.min(from, since === undefined ? from : parseTime(since));
  const lasted = until > end || since !== undefined ? `, on ${age(parseTime(until) - began)}` : '';
  return `${clock}${lasted}, ${age(now - parseTime(until))} ago  ${label}`;
}
