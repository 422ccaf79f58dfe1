import type { Incident } from '../../findings/incidents/incident.ts';
import { age } from '../text/duration.ts';
import { line } from '../text/line.ts';
import { commands } from '../text/layout.ts';
import { count } from '../text/numbers.ts';
import { idPiece, word } from '../text/paints.ts';
import { shortIds } from '../text/shortIds.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import { minute, parseTime, writeDate } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

const columns: Column[] = [
  { head: 'id', min: 4 },
  { head: 'since', min: 17 },
  { head: 'lasted', align: 'right', min: 6 },
  { head: 'state', min: 8 },
  { head: 'patterns', align: 'right' },
  { head: 'seen before' },
  { head: 'ended by', max: 28 },
  { head: 'what' },
];

/** Incidents, a line each, as they are given: how long each was on, which one it is the return of, what ended it. */
export function incidentsTable(incidents: readonly Incident[], view: ViewOptions): string[] {
  if (incidents.length === 0) return [line(['No incident is known.  A pipeline with the operators rules and episodes keeps them.'], view)];
  const short = shortIds(incidents.flatMap(({ finding, before }) => [finding.id, ...before.map(({ id }) => id)]));
  const rows = incidents.map(({ finding, before, ending, lasted_ms: lasted }): Cell[] => {
    const since = parseTime(finding.since);
    return [
      idPiece(short(finding.id)),
      `${writeDate(since, view.timeZone)} ${minute(since, view.timeZone)}`,
      lasted === null ? '-' : age(lasted),
      word(finding.state),
      count(finding.result.members.length + (finding.result.more_members ?? 0)),
      before.length === 0 ? '-' : `${short(before[0]!.id)}${before.length > 1 ? ` and ${count(before.length - 1)} more` : ''}`,
      writeEnding({ ending }),
      finding.title,
    ];
  });
  const [first] = incidents;
  const id = short(first!.finding.id);
  return [...table(columns, rows, view), ...commands([`caducus incident ${id}`, `caducus postmortem ${id} --format markdown`], view)];
}

/** `ada`, `rollback of v412`, `by itself`; `-` while it is on. */
export function writeEnding({ ending }: Pick<Incident, 'ending'>): string {
  if (ending === null) return '-';
  return ending.by === 'person' ? ending.who : ending.by === 'change' ? ending.text : 'by itself';
}
