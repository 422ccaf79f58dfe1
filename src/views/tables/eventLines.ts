import { parseLevel, type Event } from '../../event.ts';
import { line } from '../text/line.ts';
import { word } from '../text/paints.ts';
import { parseTime, stamp } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** One event on one line: time, level, group, text. */
export function eventLine(event: Event, view: ViewOptions): string {
  const level = parseLevel(event.metadata.level) ?? '-';
  return line(
    [
      stamp(parseTime(event.timestamp), view.timeZone, view.now),
      '  ',
      word(level),
      `${' '.repeat(7 - level.length)}${event.group_id}  ${event.text}`,
    ],
    view,
  );
}

/** Events as they come, one a line. */
export const eventLines = (events: readonly Event[], view: ViewOptions): string[] => events.map((event) => eventLine(event, view));
