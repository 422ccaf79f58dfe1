import type { Standing } from '../../results/standing.ts';
import { duration } from '../text/duration.ts';
import { minute, parseTime } from '../text/time.ts';

/** `ingest v411 at 20:58Z, 6h 17m before`: the change a result names; '' when it names none. */
export function changeText({ change }: Standing, now: number, timeZone: string): string {
  const at = change ? parseTime(change.at) : NaN;
  return change && Number.isFinite(at) ? `${change.text} at ${minute(at, timeZone)}, ${duration(now - at)} before` : '';
}
