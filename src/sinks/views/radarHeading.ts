import type { Radar } from '../../signal.ts';
import { duration } from './duration.ts';
import { heading, rightEdge } from './layout.ts';
import { title } from './paints.ts';
import { datedSpan, msOf } from './time.ts';
import { columnsOf, type ViewOptions } from './viewOptions.ts';
import { cutMiddle } from './text.ts';
import { shown } from './line.ts';

/** A subject shorter than this tells too little: the window then goes to a line of its own. */
const leastSubject = 24;

/** `RADAR  <subject>        2026-03-14  03:05-03:10Z  window 5m, closed` */
export function radarHeading(word: string, subject: string, radar: Pick<Radar, 'start' | 'end' | 'open'>, view: ViewOptions): string[] {
  const from = msOf(radar.start);
  const to = msOf(radar.end);
  const right = `${datedSpan(from, to, view.timeZone)}  window ${duration(to - from)}, ${radar.open ? 'open' : 'closed'}`;
  const room = Math.min(columnsOf(view), rightEdge) - word.length - right.length - 4;
  const name = room < leastSubject ? subject : cutMiddle(shown(subject, view), room, view.ascii ? '~' : '…');
  return heading([title(word), `  ${name}`], [right], view);
}
