import type { Finding } from '../../signal.ts';
import { age } from './duration.ts';
import { line } from './line.ts';
import { idPiece, word } from './paints.ts';
import { clock, moment, msOf } from './time.ts';
import type { ViewOptions } from './viewOptions.ts';

/** One line a finding, for lists and streams of them. */
export function findingLine(finding: Finding, short: (id: string) => string, view: ViewOptions): string {
  const at = msOf(finding.updated);
  const since = msOf(finding.since);
  const lasted = finding.state === 'pending' || !(at > since) ? '' : ` ${age(at - since)}`;
  return line(
    [view.now === undefined ? moment(at, view.timeZone) : clock(at, view.timeZone, view.now), '  ', idPiece(short(finding.id)), '  ', word(finding.state), lasted, '  ', word(finding.severity), `  ${finding.group_id}  ${finding.title}`],
    view,
  );
}
