import { writeShared } from '../text/sharedValue.ts';
import type { Incident } from '../../findings/incidents/incident.ts';
import type { TimelineEntry } from '../../findings/incidents/timeline.ts';
import { writeComparison } from '../../findings/incidents/comparison.ts';
import { guessLines } from '../guesses/guessText.ts';
import { causeLines } from '../finding/causeText.ts';
import { age, offset } from '../text/duration.ts';
import { commands, flow, heading } from '../text/layout.ts';
import { line } from '../text/line.ts';
import { count, counted, percent } from '../text/numbers.ts';
import { idPiece, title, word } from '../text/paints.ts';
import { shortIds } from '../text/shortIds.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import { clock, datedSpan, minute, parseTime, writeDate } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';
import { writeEnding } from './incidentsTable.ts';

const timelineColumns: Column[] = [
  { head: 'offset', align: 'right', min: 6 },
  { head: 'at', min: 9 },
  { head: 'what', min: 9 },
  { head: 'id', min: 4 },
  { head: 'count', align: 'right', min: 5 },
  { head: 'group', max: 28 },
  { head: '' },
];

/** One incident as a timeline: what changed, what moved, who was told and answered, what ended it, and the others of its kind. */
export function incidentPage(incident: Incident, timeline: readonly TimelineEntry[], view: ViewOptions): string[] {
  const { finding, before, returns, lasted_ms: lasted, guess } = incident;
  const { result } = finding;
  const ids = [finding.id, ...before.map(({ id }) => id), ...returns.map(({ id }) => id), ...result.members.map((one) => one.topic_id)];
  const short = shortIds(ids);
  const [since, updated] = [parseTime(finding.since), parseTime(finding.updated)];
  const rows = timeline.map((entry): Cell[] => [
    offset(entry.offset_ms),
    clock(parseTime(entry.at), view.timeZone, since),
    word(entry.word),
    entry.topic_id === undefined ? '' : idPiece(short(entry.topic_id)),
    entry.count === undefined ? '' : count(entry.count),
    entry.group_id ?? '',
    entry.text,
  ]);
  const common = result.in_common.map((one) => writeShared(one));
  const facts = [
    `${counted(result.members.length + (result.more_members ?? 0), 'pattern')} in ${counted(result.groups, 'group')}.`,
    lasted === null ? `On ${age(updated - since)}.` : `Was on ${age(lasted)}, ended by: ${writeEnding(incident)}.`,
    ...(common.length > 0 ? [`In common: ${common.join(', ')}.`] : []),
  ];
  return [
    ...heading(
      [title('INCIDENT'), '  ', idPiece(short(finding.id)), '  ', word(finding.state)],
      [datedSpan(since, updated, view.timeZone)],
      view,
    ),
    line([finding.title], view),
    ...flow(
      facts.map((fact) => [fact]),
      view,
    ),
    ...causeLines(result.came_first ?? [], view),
    ...(guess ? guessLines(guess, short, view) : []),
    '',
    ...table(timelineColumns, rows, view),
    ...listNear('seen before', before, short, view),
    ...listNear('came back', returns, short, view),
    ...commands(
      [`caducus postmortem ${short(finding.id)} --format markdown`, `caducus note ${short(finding.id)} "..."`, writeComparison(finding)],
      view,
    ),
  ];
}

function listNear(head: string, near: Incident['before'], short: (id: string) => string, view: ViewOptions): string[] {
  if (near.length === 0) return [];
  const rows = near.slice(0, 5).map(({ id, since, title: what, nearness, note, link }): Cell[] => {
    const at = parseTime(since);
    const words = [note === undefined ? '' : `"${note}"`, link ?? ''].filter(Boolean).join(', ');
    return [idPiece(short(id)), `${writeDate(at, view.timeZone)} ${minute(at, view.timeZone)}`, percent(nearness, 1), words || '-', what];
  });
  const columns = [
    { head, min: 4 },
    { head: 'since' },
    { head: 'alike', align: 'right' as const },
    { head: 'note', max: 48 },
    { head: '' },
  ];
  return ['', ...table(columns, rows, view)];
}
