import type { Finding } from '../signal.ts';
import { age } from './duration.ts';
import { heading, headingFits } from './layout.ts';
import type { Row } from './line.ts';
import { idPiece, title, word } from './paints.ts';
import { shortIds } from './shortIds.ts';
import { clock, msOf } from './time.ts';
import type { ViewOptions } from './viewOptions.ts';

/** `FINDING  f3a9  spike, up       firing 5m, since 03:10:00Z        warning` */
export function findingHeading({ id, state, since, updated, severity }: Finding, kind: string, view: ViewOptions): string[] {
  const now = view.now ?? msOf(updated);
  const ms = now - msOf(since);
  const lasted = `${ms > 0 ? ` ${age(ms)}` : ''}, since ${clock(msOf(since), view.timeZone, now)}`;
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
