import { isEpisode } from '../../findings/isEpisode.ts';
import type { Blip, EarlierBlip, EpisodeFinding, Finding } from '../../signal.ts';
import { listMembers } from '../finding/episode.ts';
import { earlierCell, patternCell } from '../radar/patternCell.ts';
import { isQuietGroup, tally } from '../radar/openFindings.ts';
import type { RadarAllData } from '../radar/radarAll.ts';
import { findQuietGroups } from '../radar/radarLines.ts';
import { restLines } from '../radar/radarGroup.ts';
import { liveParts, warningLine } from '../radar/radarStatus.ts';
import { trendHead } from '../radar/trendHead.ts';
import { age, duration } from '../text/duration.ts';
import { pieceText, type Row } from '../text/line.ts';
import { count, counted, expected } from '../text/numbers.ts';
import { shortIds } from '../text/shortIds.ts';
import { datedSpan, parseTime } from '../text/time.ts';
import { trend } from '../text/trend.ts';
import type { ViewOptions } from '../text/viewOptions.ts';
import { episodeMarkdown } from './episodeMarkdown.ts';
import { blocks, code, markdownTable, type MarkdownColumn } from './markdown.ts';

const columns = (head: string): MarkdownColumn[] => [
  { head: 'score', align: 'right' },
  { head: 'level' },
  { head: 'state' },
  { head: 'count', align: 'right' },
  { head: 'usual', align: 'right' },
  { head },
  { head: 'id' },
  { head: 'group' },
  { head: 'pattern' },
];

/** The text of a line without its colours. */
const plain = (row: Row): string => row.map(pieceText).join('');

/** The radar for a ticket or a chat: what moved together, what is ranked beside it, what is over, and the next commands. */
export function radarMarkdown({ radar, findings = [], status = {}, ...data }: RadarAllData, view: ViewOptions): string[] {
  const [start, end] = [parseTime(radar.start), parseTime(radar.end)];
  const quiet = [...(data.quiet ?? []), ...findQuietGroups(findings, end)];
  const episodes = findings.filter((one): one is EpisodeFinding => one.state !== 'resolved' && isEpisode(one));
  const listed = new Set(episodes.flatMap(listMembers));
  const isBeside = ({ topic_id: id }: Blip): boolean => !listed.has(id);
  const short = shortIds([
    ...[...radar.blips, ...(radar.earlier ?? [])].map(({ topic_id: id }) => id),
    ...findings.map(({ id }) => id),
    ...listed,
  ]);
  const row = (blip: Blip, state: string, counts: readonly number[], text: string): string[] => [
    count(blip.score),
    blip.level ?? '-',
    state,
    count(blip.count),
    expected(blip.usual),
    `\`${trend(counts, view.ascii)}\``,
    code(short(blip.topic_id)),
    code(blip.group_id),
    code(text),
  ];
  const now = radar.blips.filter(isBeside).map((blip) => row(blip, blip.state, blip.trend, patternCell(blip)));
  const was = (radar.earlier ?? [])
    .filter(isBeside)
    .map((blip: EarlierBlip) => row(blip, `was ${blip.state}`, blip.trend_now, earlierCell(blip, end, view.timeZone)));
  const silent = quiet.map((one) => [
    '-',
    '-',
    'no data',
    '0',
    expected(one.usual),
    '',
    code(short(one.id)),
    code(one.group_id),
    `no events for ${age(one.forMs)}`,
  ]);
  const warning = warningLine(radar, status, view);
  const many = tally(findings, Object.keys(status.silenced ?? {}).length);
  const facts = [
    ...(warning ? [warning.map(plain).join('  ')] : []),
    `${counted(radar.events, 'event')}, ${counted(radar.groups, 'group')}, ${counted(radar.patterns, 'pattern')}, ${count(radar.new_patterns)} new.`,
    ...(many === null ? [] : [many]),
  ];
  // What sources and changes state of themselves is from outside.
  const stated = liveParts(status, view).map((part) => code(plain(part)));
  const open = findings.filter(
    (one) =>
      one.type !== 'episode' &&
      (one.state === 'firing' || one.state === 'acked') &&
      !isQuietGroup(one) &&
      !(one.topic_id !== undefined && listed.has(one.topic_id)),
  );
  const first = episodes[0]?.id ?? radar.blips[0]?.topic_id;
  const subject = radar.group_id === null ? 'all groups' : code(radar.group_id);
  return blocks(
    [
      `**RADAR** ${subject}, ${datedSpan(start, end, view.timeZone, ' ')}, window ${duration(end - start)}, ${radar.open ? 'open' : 'closed'}`,
      '',
      [...facts, ...stated].join(' '),
    ],
    ...episodes.map((one) => episodeMarkdown(one, short, { ...view, now: end })),
    findingsTable(open, short, end),
    now.length + silent.length === 0
      ? [episodes.length > 0 ? 'Nothing else in this window.' : 'Nothing to show in this window.']
      : markdownTable(columns(trendHead(radar)), [...now, ...silent]),
    restLines(radar, status, short, { ...view, color: false }),
    was.length === 0 ? [] : ['Earlier:', '', ...markdownTable(columns(trendHead(radar)), was)],
    first === undefined
      ? []
      : [`\`caducus explain ${short(first)}\`, \`caducus context ${short(first)}\`, \`caducus ack ${short(first)} --for 2h\``],
  );
}

function findingsTable(open: readonly Finding[], short: (id: string) => string, now: number): string[] {
  const rows = open.map(({ id, state, since, severity, title }) => [
    code(short(id)),
    state,
    age(now - parseTime(since)),
    severity,
    code(title),
  ]);
  return markdownTable([{ head: 'finding' }, { head: 'state' }, { head: 'on' }, { head: 'severity' }, { head: 'what' }], rows);
}
