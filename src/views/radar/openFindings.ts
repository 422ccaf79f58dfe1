import type { Finding, RuleFinding } from '../../signal.ts';
import { age } from '../text/duration.ts';
import { line } from '../text/line.ts';
import { count } from '../text/numbers.ts';
import { idPiece, word } from '../text/paints.ts';
import { table, type Cell } from '../text/table.ts';
import { parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** Findings shown before the rest is only counted. */
const most = 5;

/** Whether it says that a group has gone quiet: those have a row of their own. */
export const isQuietGroup = (finding: Finding): finding is RuleFinding => finding.type === 'rule' && finding.result.no_data === true;

const rank = { critical: 0, warning: 1, info: 2 } as const;

/** `Firing 2, acked 0, silenced 1.`; null when there is nothing to say. */
export function tally(findings: readonly Finding[], silenced: number): string | null {
  if (findings.length === 0 && silenced === 0) return null;
  const many = (state: string) => findings.filter((finding) => finding.state === state).length;
  return `Firing ${count(many('firing'))}, acked ${count(many('acked'))}${silenced > 0 ? `, silenced ${count(silenced)}` : ''}.`;
}

/** Open findings that have no other place on the page, worst and oldest first. A blank line stands before them. */
export function openFindings(findings: readonly Finding[], now: number, short: (id: string) => string, view: ViewOptions): string[] {
  const shown = findings
    .filter((one) => one.type !== 'episode' && (one.state === 'firing' || one.state === 'acked') && !isQuietGroup(one))
    .toSorted((a, b) => rank[a.severity] - rank[b.severity] || parseTime(a.since) - parseTime(b.since) || (a.id < b.id ? -1 : 1));
  if (shown.length === 0) return [];
  const rows = shown
    .slice(0, most)
    .map((finding): Cell[] => [
      { text: 'FINDING', paint: 'bold' },
      idPiece(short(finding.id)),
      word(finding.state),
      age(now - parseTime(finding.since)),
      word(finding.severity),
      finding.title,
    ]);
  const columns = ['', '', '', '', '', ''].map((head) => ({ head }));
  const more = shown.length > most ? [line([`${count(shown.length - most)} more findings.`], view)] : [];
  return ['', ...table(columns, rows, view).slice(1), ...more];
}
