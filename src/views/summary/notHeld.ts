import type { MemoryCounts } from '../../memory/memoryCounts.ts';
import { line } from '../text/line.ts';
import { count } from '../text/numbers.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** One line about the lines and patterns a memory does not hold; none when it holds everything. */
export function notHeld(counts: MemoryCounts | undefined, view: ViewOptions): string[] {
  if (!counts) return [];
  const parts = [
    said(counts.unknown, 'line fits no known pattern', 'lines fit no known pattern'),
    said(counts.overflowed, 'line counted under <*>, too much was new', 'lines counted under <*>, too much was new'),
    said(counts.templates_evicted, 'template evicted for room', 'templates evicted for room'),
    said(counts.topics_forgotten, 'pattern forgotten', 'patterns forgotten'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : ['', ...parts.map((part) => line([part], view))];
}

const said = (many: number, one: string, several: string): string => (many === 0 ? '' : `${count(many)} ${many === 1 ? one : several}.`);
