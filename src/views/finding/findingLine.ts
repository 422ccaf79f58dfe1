import type { Finding } from '../../signal.ts';
import { age } from '../text/duration.ts';
import { findingBrief } from './findingBrief.ts';
import { line, shown } from '../text/line.ts';
import { idPiece, word } from '../text/paints.ts';
import { width } from '../text/text.ts';
import { clock, moment, parseTime } from '../text/time.ts';
import { usableColumns, type ViewOptions } from '../text/viewOptions.ts';

/** One line a finding, for lists and streams of them. What it comes down to stands at the end, on a screen whole or not at all. */
export function findingLine(finding: Finding, short: (id: string) => string, view: ViewOptions): string {
  const at = parseTime(finding.updated);
  const since = parseTime(finding.since);
  const lasted = finding.state === 'pending' || !(at > since) ? '' : ` ${age(at - since)}`;
  const when = view.now === undefined ? moment(at, view.timeZone) : clock(at, view.timeZone, view.now);
  const about = `  ${finding.group_id}  ${finding.title}`;
  const words = [when, short(finding.id), `${finding.state}${lasted}`, `${finding.severity}${about}`].join('  ');
  const brief = findingBrief(finding, view);
  const fits = brief !== '' && (view.uncut === true || width(shown(`${words}: ${brief}`, view)) <= usableColumns(view));
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
