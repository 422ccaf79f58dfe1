import { writeShared } from '../text/sharedValue.ts';
import type { Incident, NearIncident } from '../../findings/incidents/incident.ts';
import type { TimelineEntry } from '../../findings/incidents/timeline.ts';
import { guessMarkdown } from '../guesses/guessText.ts';
import { causesMarkdown } from '../markdown/episodeMarkdown.ts';
import { blocks, code, fence, link, markdownTable } from '../markdown/markdown.ts';
import { age, offset } from '../text/duration.ts';
import { count, counted, percent } from '../text/numbers.ts';
import { shortIds } from '../text/shortIds.ts';
import { clock, datedSpan, minute, parseTime, writeDate } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';
import { writeEnding } from './incidentsTable.ts';

/**
 * A draft of a post-mortem, from evidence alone: what happened when, what it was about, who did what, and whether it was there
 * before. What no log knows is left open, as questions. In Markdown; all that comes from outside stands in code.
 */
export function postmortem(incident: Incident, timeline: readonly TimelineEntry[], view: ViewOptions): string[] {
  const { finding, before, returns, guess } = incident;
  const short = shortIds([
    finding.id,
    ...finding.result.members.map(({ topic_id: id }) => id),
    ...before.map(({ id }) => id),
    ...returns.map(({ id }) => id),
  ]);
  return blocks(
    [`# Incident ${short(finding.id)}: ${code(finding.title)}`],
    ['A draft from what was recorded. Order in time is no proof of cause.'],
    ['## Summary'],
    summarize(incident, timeline, view),
    ['## Timeline'],
    tabulate(timeline, parseTime(finding.since), view),
    causesMarkdown(finding.result.came_first).slice(1),
    guessMarkdown(guess, short).slice(1),
    ...evidence(incident),
    ['## Seen before'],
    before.length === 0 ? ['Nothing like it is known.'] : before.slice(0, 5).map((one) => nearLine(one, short, view)),
    ...(returns.length > 0 ? [['## It came back'], returns.map((one) => nearLine(one, short, view))] : []),
    ['## Open'],
    [
      '- What did users notice, and how many of them?',
      '- What was the cause, and how is that known?',
      '- What will be done, by whom, until when?',
    ],
  );
}

function summarize(incident: Incident, timeline: readonly TimelineEntry[], view: ViewOptions): string[] {
  const { finding, lasted_ms: lasted, marks } = incident;
  const { since, updated, severity, result, group_id: group } = finding;
  const [began, known] = [parseTime(since), parseTime(updated)];
  const sent = timeline.find(({ kind }) => kind === 'sent');
  const answered = marks.find(({ type }) => type === 'ack');
  const change = result.changes.findLast(({ at }) => parseTime(at) <= began);
  const common = result.in_common.map((one) => writeShared(one, code));
  const links = [...new Set(marks.flatMap((mark) => (mark.link === undefined ? [] : [mark.link])))];
  return [
    `- **When**: ${datedSpan(began, known, view.timeZone, ' ')}, ${lasted === null ? `still on after ${age(known - began)}` : `on ${age(lasted)}`}`,
    `- **Severity**: ${severity}, score ${count(result.score)}`,
    `- **Extent**: ${counted(result.members.length + (result.more_members ?? 0), 'pattern')} in ${counted(result.groups, 'group')}; first in ${code(group)}`,
    ...(common.length > 0 ? [`- **In common**: ${common.join(', ')}`] : []),
    ...(change ? [`- **Changed before**: ${code(change.text)}, ${age(began - parseTime(change.at))} earlier`] : []),
    `- **Sent**: ${sent ? `${age(sent.offset_ms)} after it began, ${code(sent.text)}` : 'nothing that was sent is kept'}`,
    `- **Answered**: ${answered ? `${age(Math.max(0, parseTime(answered.at) - began))} after it began, by ${code(answered.who)}` : 'by nobody'}`,
    `- **Ended by**: ${lasted === null ? 'it is on' : code(writeEnding(incident))}`,
    ...(links.length > 0 ? [`- **Links**: ${links.map(link).join(', ')}`] : []),
  ];
}

const tabulate = (timeline: readonly TimelineEntry[], since: number, { timeZone }: ViewOptions): string[] =>
  markdownTable(
    [
      { head: 'at' },
      { head: 'offset', align: 'right' },
      { head: 'what' },
      { head: 'count', align: 'right' },
      { head: 'where' },
      { head: '' },
    ],
    timeline.map((entry) => [
      clock(parseTime(entry.at), timeZone, since),
      offset(entry.offset_ms),
      entry.word,
      entry.count === undefined ? '' : count(entry.count),
      entry.group_id === undefined ? '' : code(entry.group_id),
      code(entry.text),
    ]),
  );

function evidence({ finding: { result } }: Incident): string[][] {
  const lines = result.lines ?? [];
  return lines.length === 0 ? [] : [['## Lines'], fence(lines.map(({ at, group_id: group, text }) => `${at}  ${group}  ${text}`))];
}

function nearLine(near: NearIncident, short: (id: string) => string, { timeZone }: ViewOptions): string {
  const { id, since, title, nearness, note, link: address } = near;
  const at = parseTime(since);
  const words = [note === undefined ? '' : code(note), address === undefined ? '' : link(address)].filter(Boolean);
  return `- ${code(short(id))} ${writeDate(at, timeZone)} ${minute(at, timeZone)}, ${percent(nearness, 1)} alike: ${[code(title), ...words].join(', ')}`;
}
