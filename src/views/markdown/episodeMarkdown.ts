import type { KnownGuess } from '../../findings/guesses/guessMark.ts';
import { guessMarkdown } from '../guesses/guessText.ts';
import { writeShared } from '../text/sharedValue.ts';
import type { CameFirst } from '../../results/cameFirst.ts';
import type { EpisodeFinding } from '../../signal.ts';
import { causeBits, describeCause } from '../finding/causeText.ts';
import { age, offset } from '../text/duration.ts';
import { count, counted } from '../text/numbers.ts';
import { clock, minute, parseTime, writeDate } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';
import { code, link, markdownTable } from './markdown.ts';

/** What moved together, for a ticket: its members and the changes in order of time, what they share, which were like it. */
export function episodeMarkdown(finding: EpisodeFinding, short: (id: string) => string, view: ViewOptions, guess?: KnownGuess): string[] {
  const { id, state, since, updated, result } = finding;
  const began = parseTime(since);
  const now = state === 'resolved' ? parseTime(updated) : (view.now ?? parseTime(updated));
  const groups = new Set(result.members.map(({ group_id: group }) => group)).size;
  const rows = [
    ...result.members.map((one) => ({
      at: parseTime(one.at),
      cells: [code(short(one.topic_id)), one.state, count(one.count), code(one.group_id), code(one.label)],
    })),
    ...result.changes.map(({ at, text }) => ({ at: parseTime(at), cells: ['', 'change', '', '', code(text)] })),
  ].sort((a, b) => a.at - b.at);
  const common = result.in_common.map((one) => writeShared(one, code));
  const before = result.seen_before.map((past) => {
    const at = parseTime(past.at);
    const remark = [past.note === undefined ? '' : code(past.note), past.link === undefined ? '' : link(past.link)]
      .filter(Boolean)
      .join(', ');
    return `Seen before: ${code(short(past.id))} ${writeDate(at, view.timeZone)} ${minute(at, view.timeZone)}, ${age(past.lasted_ms)}, ${past.patterns} of ${past.of} patterns. ${remark}`.trimEnd();
  });
  const table = markdownTable(
    [
      { head: 'order', align: 'right' },
      { head: 'id' },
      { head: 'state' },
      { head: 'count', align: 'right' },
      { head: 'group' },
      { head: 'pattern' },
    ],
    rows.map(({ at, cells }) => [offset(at - began), ...cells]),
  );
  return [
    `**EPISODE** ${code(short(id))} ${state} ${age(now - began)}, since ${clock(began, view.timeZone, now)}: ${counted(result.members.length, 'pattern')}, ${counted(groups, 'group')}, score ${count(result.score)}`,
    '',
    ...table,
    '',
    `${common.length === 0 ? '' : `In common: ${common.join(', ')}. `}Order in time, not proof of cause.`,
    ...causesMarkdown(result.came_first),
    ...before.flatMap((text) => ['', text]),
    ...guessMarkdown(guess, short),
  ];
}

/** What came first, for a ticket: the most bits first, each with what speaks for it. */
export const causesMarkdown = (causes: readonly CameFirst[] = []): string[] =>
  causes.length === 0
    ? []
    : ['', 'What came first, never a proof:', '', ...causes.map((one) => `- ${causeBits(one)}: ${code(describeCause(one))}`)];
