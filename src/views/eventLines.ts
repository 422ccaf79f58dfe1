import { levelOf, type Event } from '../event.ts';
import { line } from './line.ts';
import { word } from './paints.ts';
import { msOf, stamp } from './time.ts';
import type { ViewOptions } from './viewOptions.ts';

/** One event on one line: time, level, group, text. */
export function eventLine(event: Event, view: ViewOptions): string {
  const level = levelOf(event.metadata.level) ?? '-';
  return line(
    [
      stamp(msOf(event.timestamp), view.timeZone, view.now),
      '  ',
      word(level),
      `${' '.repeat(7 - level.length)}${event.group_id}  ${event.text}`,
    ],
    view,
  );
}

/** Events as they come, one a line. */
export const eventLines = (events: readonly Event[], view: ViewOptions): string[] => events.map((event) => eventLine(event, view));
