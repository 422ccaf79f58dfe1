import type { MemoryCounts } from '../../memory/memoryCounts.ts';
import { line } from '../text/line.ts';
import { count } from '../text/numbers.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** One line about the lines and patterns a memory does not hold; none when it holds everything. */
export function notHeld(counts: MemoryCounts | undefined, view: ViewOptions): string[] {
  if (!counts) return [];
  const parts = [
    phrase(counts.unknown, 'line fits no known pattern', 'lines fit no known pattern'),
    phrase(counts.overflowed, 'line counted under <*>, too much was new', 'lines counted under <*>, too much was new'),
    phrase(counts.templates_evicted, 'template evicted for room', 'templates evicted for room'),
    phrase(counts.topics_forgotten, 'pattern forgotten', 'patterns forgotten'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : ['', ...parts.map((part) => line([part], view))];
}

const phrase = (many: number, one: string, several: string): string => (many === 0 ? '' : `${count(many)} ${many === 1 ? one : several}.`);
