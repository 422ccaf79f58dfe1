import type { Finding } from '../signal.ts';
import { age } from './duration.ts';
import { findingBrief } from './findingBrief.ts';
import { line, shown } from './line.ts';
import { idPiece, word } from './paints.ts';
import { width } from './text.ts';
import { clock, moment, msOf } from './time.ts';
import { columnsOf, type ViewOptions } from './viewOptions.ts';

/** One line a finding, for lists and streams of them. What it comes down to stands at the end, whole or not at all. */
export function findingLine(finding: Finding, short: (id: string) => string, view: ViewOptions): string {
  const at = msOf(finding.updated);
  const since = msOf(finding.since);
  const lasted = finding.state === 'pending' || !(at > since) ? '' : ` ${age(at - since)}`;
  const when = view.now === undefined ? moment(at, view.timeZone) : clock(at, view.timeZone, view.now);
  const about = `  ${finding.group_id}  ${finding.title}`;
  const words = [when, short(finding.id), `${finding.state}${lasted}`, `${finding.severity}${about}`].join('  ');
  const brief = findingBrief(finding, view);
  const fits = brief !== '' && width(shown(`${words}: ${brief}`, view)) <= columnsOf(view);
  return line(
    [
      when,
      '  ',
      idPiece(short(finding.id)),
      '  ',
      word(finding.state),
      lasted,
      '  ',
      word(finding.severity),
      about,
      fits ? `: ${brief}` : '',
    ],
    view,
  );
}
