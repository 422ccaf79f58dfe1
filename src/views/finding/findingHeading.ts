import type { Finding } from '../../signal.ts';
import { age } from '../text/duration.ts';
import { heading, headingFits } from '../text/layout.ts';
import type { Row } from '../text/line.ts';
import { idPiece, title, word } from '../text/paints.ts';
import { shortIds } from '../text/shortIds.ts';
import { clock, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** `FINDING  f3a9  spike, up       firing 5m, since 03:10:00Z        warning` */
export function findingHeading({ id, state, since, updated, severity }: Finding, kind: string, view: ViewOptions): string[] {
  const now = view.now ?? parseTime(updated);
  const ms = now - parseTime(since);
  const lasted = `${ms > 0 ? ` ${age(ms)}` : ''}, since ${clock(parseTime(since), view.timeZone, now)}`;
  const left = (gap: number): Row => [
    title('FINDING'),
    '  ',
    idPiece(shortIds([id])(id)),
    `  ${kind}${' '.repeat(gap)}`,
    word(state),
    lasted,
  ];
  const right = [word(severity)];
  return heading(headingFits(left(7), right, view) ? left(7) : left(2), right, view);
}
