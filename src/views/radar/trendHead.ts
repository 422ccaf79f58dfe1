import type { Radar } from '../../signal.ts';
import { duration } from '../text/duration.ts';
import { parseTime } from '../text/time.ts';
import { trendCells } from '../text/trend.ts';

/** `last 60m`: how far back the trends of a radar reach; an hour is written in minutes, as its cells are. */
export function trendHead({ start, end }: Pick<Radar, 'start' | 'end'>): string {
  const reach = (parseTime(end) - parseTime(start)) * trendCells;
  const minutes = reach / 60_000;
  return `last ${Number.isInteger(minutes) && minutes <= 60 ? `${minutes}m` : duration(reach)}`;
}
