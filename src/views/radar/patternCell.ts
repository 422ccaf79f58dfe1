import type { Blip } from '../../signal.ts';
import { readWhy } from '../../results/blipWhy.ts';
import { age } from '../text/duration.ts';

/**
 * A blip's pattern as it stands in a table. One that was not seen in this window is listed for what it was before: its line
 * says how long ago that was, or `new` beside a count of 0 would be a riddle.
 */
export function patternCell({ count, label, why }: Blip): string {
  const { of_window: earlier, last_seen_before_close_ms: ago } = readWhy(why);
  return count === 0 && earlier && typeof ago === 'number' ? `${age(ago)} ago: ${label}` : label;
}
