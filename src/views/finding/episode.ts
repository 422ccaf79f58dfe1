import type { KnownGuess } from '../../findings/guesses/guessMark.ts';
import { guessLines } from '../guesses/guessText.ts';
import { writeShared } from '../text/sharedValue.ts';
import type { EpisodeResult } from '../../results/episodeResult.ts';
import type { EpisodeFinding } from '../../signal.ts';
import { age, offset } from '../text/duration.ts';
import { flow, heading } from '../text/layout.ts';
import { line } from '../text/line.ts';
import { count } from '../text/numbers.ts';
import { idPiece, title, word } from '../text/paints.ts';
import { table, type Cell, type Column } from '../text/table.ts';
import { causeLines } from './causeText.ts';
import { clock, minute, writeDate, parseTime } from '../text/time.ts';
import { usableColumns, widest, type ViewOptions } from '../text/viewOptions.ts';

/** A member of an episode as the screen shows it. */
interface Member {
  at: number;
  id: string;
  group: string;
  state: string;
  count: number;
  label: string;
}

/**
 * What moved together: its members in order of time, with the changes among them, what they have in common and which
 * episodes before were like it; last what a model guessed, where one was asked.
 */
export function episodeLines(finding: EpisodeFinding, short: (id: string) => string, view: ViewOptions, guess?: KnownGuess): string[] {
  const { result } = finding;
  const members = result.members.map(({ at, topic_id: id, group_id: group, ...member }): Member => ({
    ...member,
    at: parseTime(at),
    id: short(id),
    group,
  }));
  const since = parseTime(finding.since);
  const now = view.now ?? parseTime(finding.updated);
  const groups = new Set(members.map(({ group }) => group)).size;
  const left = [title('EPISODE'), '  ', idPiece(short(finding.id)), '  ', word(finding.state)];
  const extent = `${plural(members.length, 'pattern')}, ${plural(groups, 'group')}`;
  return [
    ...heading(
      [...left, ` ${age(now - since)}, since ${clock(since, view.timeZone, now)}`],
      [extent, `${' '.repeat(usableColumns(view) >= 90 ? 12 : 2)}score ${count(result.score)}`],
      view,
    ),
    ...memberLines(
      members,
      result.changes.map(({ at, text }) => ({ at: parseTime(at), text })),
      since,
      view,
    ),
    ...evidenceLines(result, short, view),
    ...(guess ? guessLines(guess, short, { ...view, columns: view.columns - 2 }).map((text) => `  ${text}`) : []),
  ];
}

const plural = (many: number, noun: string) => `${count(many)} ${noun}${many === 1 ? '' : 's'}`;

/** Members and deploy markers in order of time, by their distance from the start. */
function memberLines(members: Member[], changes: { at: number; text: string }[], since: number, view: ViewOptions): string[] {
  const narrow = usableColumns(view) < 80;
  const columns: Column[] = [
    { head: '', align: 'right', min: 5 },
    { head: '', min: 4 },
    { head: '', max: narrow ? 16 : usableColumns(view) >= widest ? 28 : 20 },
    { head: '', min: 9 },
    { head: '', align: 'right', min: 5 },
    { head: '' },
  ];
  const rows = members.map(({ at, id, group, state, count: many, label }): Cell[] => [
    offset(at - since),
    idPiece(id),
    group,
    word(state),
    count(many),
    label,
  ]);
  const lines = table(columns, rows, view, { indent: 2 }).slice(1);
  const marks = changes.map(({ at, text }) => ({ at, text: line([`  ${offset(at - since).padStart(5)}  change  ${text}`], view) }));
  return [...members.map(({ at }, index) => ({ at, text: lines[index] ?? '' })), ...marks]
    .toSorted((a, b) => a.at - b.at)
    .map(({ text }) => text);
}

function evidenceLines(
  { in_common: shared, came_first: causes = [], seen_before: before }: EpisodeResult,
  short: (id: string) => string,
  view: ViewOptions,
): string[] {
  const lines: string[] = [];
  const common = shared.map((one) => writeShared(one));
  if (common.length > 0) {
    const parts = common.map((text, at) => [at === common.length - 1 ? `${text}. ` : `${text},`]);
    lines.push(...flow([['  in common   '], ...parts, ['Order in time, not proof of cause.']], view, { gap: 1, indent: 15 }));
  }
  lines.push(...causeLines(causes, { ...view, columns: view.columns - 2 }).map((text) => `  ${text}`));
  for (const past of before) {
    const at = parseTime(past.at);
    const words = [past.note && `"${past.note}"`, past.link].filter(Boolean).join(', ');
    const when = `${writeDate(at, view.timeZone)} ${minute(at, view.timeZone)}, ${age(past.lasted_ms)}`;
    lines.push(
      ...flow(
        [[`  seen before  ${short(past.id)} ${when}, ${past.patterns} of ${past.of} patterns.`], ...(words ? [[`Note: ${words}`]] : [])],
        view,
        {
          indent: 15,
        },
      ),
    );
  }
  return lines;
}

/** Ids of the patterns that an episode already shows. */
export const listMembers = ({ result }: EpisodeFinding): string[] => result.members.map(({ topic_id: id }) => id);
