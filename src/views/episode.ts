import type { Finding } from '../signal.ts';
import { age, offset } from './duration.ts';
import { flow, heading } from './layout.ts';
import { line } from './line.ts';
import { count } from './numbers.ts';
import { idPiece, title, word } from './paints.ts';
import { table, type Cell, type Column } from './table.ts';
import { clock, minute, dateOf, msOf } from './time.ts';
import { columnsOf, widest, type ViewOptions } from './viewOptions.ts';
import { listOf, numberAt, textAt } from './result.ts';

/** A member of an episode as the screen shows it. */
interface Member {
  at: number;
  id: string;
  group: string;
  state: string;
  count: number | null;
  label: string;
}

/**
 * What moved together. Read from a finding of type `episode`; `result` holds
 * `members: [{ topic_id, group_id, at, state, count, label }]` in order of time,
 * `changes: [{ at, text }]`, `in_common: [{ value, of, in }]`,
 * `seen_before: [{ id, at, lasted_ms, patterns, of, note, link }]` and `score`.
 */
export function episodeLines(finding: Finding, short: (id: string) => string, view: ViewOptions): string[] {
  const { result } = finding;
  const members = listOf(result.members).map((member): Member => ({
    at: msOf(textAt(member, 'at')),
    id: short(textAt(member, 'topic_id')),
    group: textAt(member, 'group_id'),
    state: textAt(member, 'state'),
    count: numberAt(member, 'count'),
    label: textAt(member, 'label'),
  }));
  const since = msOf(finding.since);
  const now = view.now ?? msOf(finding.updated);
  const groups = new Set(members.map(({ group }) => group)).size;
  const score = numberAt(result, 'score');
  const left = [title('EPISODE'), '  ', idPiece(short(finding.id)), '  ', word(finding.state)];
  const extent = `${plural(members.length, 'pattern')}, ${plural(groups, 'group')}`;
  return [
    ...heading(
      [...left, ` ${age(now - since)}, since ${clock(since, view.timeZone, now)}`],
      [extent, score === null ? '' : `${' '.repeat(columnsOf(view) >= 90 ? 12 : 2)}score ${count(score)}`],
      view,
    ),
    ...memberLines(
      members,
      listOf(result.changes).map((change) => ({ at: msOf(textAt(change, 'at')), text: textAt(change, 'text') })),
      since,
      view,
    ),
    ...evidenceLines(finding, short, view),
  ];
}

const plural = (many: number, noun: string) => `${count(many)} ${noun}${many === 1 ? '' : 's'}`;

/** Members and deploy markers in order of time, by their distance from the start. */
function memberLines(members: Member[], changes: { at: number; text: string }[], since: number, view: ViewOptions): string[] {
  const narrow = columnsOf(view) < 80;
  const columns: Column[] = [
    { head: '', align: 'right', min: 5 },
    { head: '', min: 4 },
    { head: '', max: narrow ? 16 : columnsOf(view) >= widest ? 28 : 20 },
    { head: '', min: 9 },
    { head: '', align: 'right', min: 5 },
    { head: '' },
  ];
  const rows = members.map(({ at, id, group, state, count: many, label }): Cell[] => [
    offset(at - since),
    idPiece(id),
    group,
    word(state),
    many === null ? '-' : count(many),
    label,
  ]);
  const lines = table(columns, rows, view, { indent: 2 }).slice(1);
  const marks = changes.map(({ at, text }) => ({ at, text: line([`  ${offset(at - since).padStart(5)}  change  ${text}`], view) }));
  return [...members.map(({ at }, index) => ({ at, text: lines[index] ?? '' })), ...marks]
    .toSorted((a, b) => a.at - b.at)
    .map(({ text }) => text);
}

function evidenceLines({ result }: Finding, short: (id: string) => string, view: ViewOptions): string[] {
  const lines: string[] = [];
  const common = listOf(result.in_common).map(
    (shared) => `${textAt(shared, 'value')} in ${numberAt(shared, 'in') ?? 0} of ${numberAt(shared, 'of') ?? 0}`,
  );
  if (common.length > 0) {
    const shared = common.map((text, at) => [at === common.length - 1 ? `${text}. ` : `${text},`]);
    lines.push(...flow([['  in common   '], ...shared, ['Order in time, not proof of cause.']], view, { gap: 1, indent: 15 }));
  }
  for (const past of listOf(result.seen_before)) {
    const at = msOf(textAt(past, 'at'));
    const lasted = numberAt(past, 'lasted_ms');
    const shared = `${numberAt(past, 'patterns') ?? 0} of ${numberAt(past, 'of') ?? 0} patterns`;
    const words = [textAt(past, 'note') && `"${textAt(past, 'note')}"`, textAt(past, 'link')].filter(Boolean).join(', ');
    const when = `${dateOf(at, view.timeZone)} ${minute(at, view.timeZone)}${lasted === null ? '' : `, ${age(lasted)}`}`;
    lines.push(
      ...flow([[`  seen before  ${short(textAt(past, 'id'))} ${when}, ${shared}.`], ...(words ? [[`Note: ${words}`]] : [])], view, {
        indent: 15,
      }),
    );
  }
  return lines;
}

/** Ids of the patterns that an episode already shows. */
export const membersOf = ({ result }: Finding): string[] => listOf(result.members).map((member) => textAt(member, 'topic_id'));
