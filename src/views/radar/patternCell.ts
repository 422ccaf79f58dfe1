import type { Blip, EarlierBlip } from '../../signal.ts';
import { age } from '../text/duration.ts';
import { minute, parseTime, writeDate } from '../text/time.ts';

/** The label without the group that tells it from its twins in a list: the group stands in a column of its own. */
const ownLabel = ({ label, group_id: group }: Blip): string => (label.endsWith(` (${group})`) ? label.slice(0, -group.length - 3) : label);

/** `Disk failure on dn2`, and `on 19h  Disk failure on dn2` of what began in an earlier window and is still on. */
export function patternCell(blip: Blip): string {
  const { end, on_since: since } = blip;
  return since === undefined ? ownLabel(blip) : `on ${age(parseTime(end) - parseTime(since))}  ${ownLabel(blip)}`;
}

/** `03:05, 15m ago  Disk failure on dn2`: when it stood out most, for how long where that was longer, and when that ended. */
export function earlierCell(blip: EarlierBlip, now: number, timeZone: string): string {
  const { start, end, until, on_since: since } = blip;
  const from = parseTime(start);
  const clock = writeDate(from, timeZone) === writeDate(now, timeZone) ? minute(from, timeZone).slice(0, 5) : writeDate(from, timeZone);
  const began = Math.min(from, since === undefined ? from : parseTime(since));
  const lasted = until > end || since !== undefined ? `, on ${age(parseTime(until) - began)}` : '';
  return `${clock}${lasted}, ${age(now - parseTime(until))} ago  ${ownLabel(blip)}`;
}
