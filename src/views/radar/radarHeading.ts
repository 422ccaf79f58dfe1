import type { Radar } from '../../signal.ts';
import { duration } from '../text/duration.ts';
import { heading, rightEdge } from '../text/layout.ts';
import { title } from '../text/paints.ts';
import { datedSpan, parseTime } from '../text/time.ts';
import { usableColumns, type ViewOptions } from '../text/viewOptions.ts';
import { cutMiddle, width } from '../text/text.ts';
import { shown, pieceText, type Row } from '../text/line.ts';

/** A subject shorter than this tells too little: the window then goes to a line of its own. */
const leastSubject = 24;

type Window = Pick<Radar, 'start' | 'end' | 'open' | 'partial'> & {
  /** How much of an open window has passed, milliseconds, where that is known. */
  passed?: number | undefined;
};

/** `RADAR  <subject>        2026-03-14  03:05-03:10Z  window 5m, closed` */
export const radarHeading = (word: string, subject: string, window: Window, view: ViewOptions): string[] =>
  windowHeading([title(word), '  '], subject, window, view);

/** A subject with the window at the right edge; `before` stands in front of the subject. */
export function windowHeading(before: Row, subject: string, { start, end, open, partial, passed }: Window, view: ViewOptions): string[] {
  const [from, to] = [parseTime(start), parseTime(end)];
  const right = `${datedSpan(from, to, view.timeZone)}  window ${duration(to - from)}, ${partial ? 'cut short: windows were changed' : open ? `open${passed === undefined ? '' : ` ${duration(passed)}`}` : 'closed'}`;
  const used = before.reduce((sum, piece) => sum + width(pieceText(piece)), 0);
  const room = Math.min(usableColumns(view), rightEdge) - used - right.length - 2;
  const name = view.uncut || room < leastSubject ? subject : cutMiddle(shown(subject, view), room, view.ascii ? '~' : '…');
  return heading([...before, name], [right], view);
}
