import { levelOf, type Event } from '../../event.ts';
import { line } from './line.ts';
import { word } from './paints.ts';
import { exact, msOf } from './time.ts';
import type { ViewOptions } from './viewOptions.ts';

/** One event on one line: time, level, group, text. */
export function eventLine(event: Event, view: ViewOptions): string {
  const level = levelOf(event.metadata.level) ?? '-';
  return line([exact(msOf(event.timestamp), view.timeZone), '  ', word(level), `${' '.repeat(7 - level.length)}${event.group_id}  ${event.text}`], view);
}

/** Events as they come, one a line. */
export const eventLines = (events: readonly Event[], view: ViewOptions): string[] => events.map((event) => eventLine(event, view));
