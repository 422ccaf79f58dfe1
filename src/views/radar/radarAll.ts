import { findGuess } from '../../findings/guesses/guessMark.ts';
import { isEpisode } from '../../findings/isEpisode.ts';
import type { Blip, EpisodeFinding, Finding, Radar } from '../../signal.ts';
import { labelLines } from '../guesses/guessText.ts';
import { answerLines } from './answerLines.ts';
import { age } from '../text/duration.ts';
import { episodeLines, listMembers } from '../finding/episode.ts';
import { commands, flow } from '../text/layout.ts';
import { shown, pieceText } from '../text/line.ts';
import { count, expected } from '../text/numbers.ts';
import { idPiece, word } from '../text/paints.ts';
import { earlierState, splitTable } from './earlierTable.ts';
import { earlierCell, patternCell } from './patternCell.ts';
import { openFindings, tally } from './openFindings.ts';
import { restLines } from './radarGroup.ts';
import { radarHeading } from './radarHeading.ts';
import { liveParts, warningLine, type RadarStatus } from './radarStatus.ts';
import { shortIds } from '../text/shortIds.ts';
import { width } from '../text/text.ts';
import type { Cell, Column } from '../text/table.ts';
import { parseTime } from '../text/time.ts';
import { trend, trendCells } from '../text/trend.ts';
import { trendHead } from './trendHead.ts';
import { usableColumns, widest, type ViewOptions } from '../text/viewOptions.ts';

/** A group or source that has gone quiet. */
export interface QuietGroup {
  id: string;
  group_id: string;
  /** Milliseconds without an event. */
  forMs: number;
  /** Events expected in a window's length. */
  usual: number | null;
}

export interface RadarAllData {
  radar: Radar;
  /** Findings that are not resolved; episodes among them get a block of their own. */
  findings?: readonly Finding[];
  quiet?: readonly QuietGroup[];
  status?: RadarStatus | undefined;
}

function secondLine({ radar, findings = [], status = {} }: RadarAllData, view: ViewOptions): string[] {
  const warning = warningLine(radar, status, view);
  if (warning) return flow(warning, view);
  const { groups, live } = status;
  const extent = groups
    ? `${count(groups.live)} of ${count(groups.all)} groups live`
    : `${count(radar.groups)} ${radar.groups === 1 ? 'group' : 'groups'}`;
  const first =
    live && groups
      ? `${count(radar.events)} events, ${extent}, ${age(live.behindMs)} behind.`
      : `${count(radar.events)} events, ${extent}, ${count(radar.patterns)} ${radar.patterns === 1 ? 'pattern' : 'patterns'}, ${count(radar.new_patterns)} new.`;
  const rest = liveParts(live && groups ? { ...status, live: undefined } : status, view);
  const firing = tally(findings, Object.keys(status.silenced ?? {}).length);
  const folded = radar.folded === undefined ? [] : [[`About ${count(radar.folded)} more groups than there is room for: theirs is others.`]];
  return flow([[first], ...folded, ...(firing === null ? [] : [[firing]]), ...rest], view);
}

/** Width of a group's name: what the patterns leave, within reason; long patterns are read before long names. */
function groupWidth(rows: readonly (readonly Cell[])[], view: ViewOptions): number {
  const columns = usableColumns(view);
  const left = columns - (columns >= widest ? 47 : 39) - (hasTrend(view) ? trendCells + 2 : 0) - 2;
  const longest = Math.max(0, ...rows.map((row) => width(shown(pieceText(row.at(-1) ?? ''), view))));
  return Math.max(8, Math.min(28, Math.max(Math.floor(left * 0.38), left - longest)));
}

/** From so many columns on there is room for trends beside groups and patterns; where nothing is cut there always is. */
const trendsFrom = 112;
const hasTrend = (view: ViewOptions): boolean => view.uncut === true || usableColumns(view) >= trendsFrom;

function columnsFor(radar: Radar, rows: readonly (readonly Cell[])[], view: ViewOptions): Column[] {
  const columns = usableColumns(view);
  return [
    { head: 'score', align: 'right', min: 5 },
    { head: 'level', min: 5 },
    { head: 'state', min: 9 },
    { head: 'count', align: 'right', min: 6 },
    ...(columns >= widest ? [{ head: 'usual', align: 'right', min: 6 } as const] : []),
    ...(hasTrend(view) ? [{ head: trendHead(radar), min: trendCells }] : []),
    { head: 'id', min: 4 },
    { head: 'group', max: groupWidth(rows, view) },
    { head: 'pattern' },
  ];
}

function rows(
  { radar, quiet = [] }: RadarAllData,
  listed: ReadonlySet<string>,
  short: (id: string) => string,
  view: ViewOptions,
): { now: Cell[][]; was: Cell[][] } {
  const wide = usableColumns(view) >= widest;
  const usual = (value: number | null) => (wide ? [expected(value)] : []);
  const cells = (counts: readonly number[] | null) => (hasTrend(view) ? [counts === null ? '' : trend(counts, view.ascii)] : []);
  const row = (blip: Blip, state: Cell, counts: readonly number[], text: string): Cell[] => [
    count(blip.score),
    word(blip.level ?? '-'),
    state,
    count(blip.count),
    ...usual(blip.usual),
    ...cells(counts),
    idPiece(short(blip.topic_id)),
    blip.group_id,
    text,
  ];
  const isElsewhere = ({ topic_id: id }: Blip): boolean => listed.has(id);
  const blips = radar.blips.filter((blip) => !isElsewhere(blip)).map((blip) => row(blip, word(blip.state), blip.trend, patternCell(blip)));
  const was = (radar.earlier ?? [])
    .filter((blip) => !isElsewhere(blip))
    .map((blip) => row(blip, earlierState(blip), blip.trend_now, earlierCell(blip, parseTime(radar.end), view.timeZone)));
  const silent = quiet.map((group): Cell[] => [
    '-',
    '-',
    word('no data'),
    '0',
    ...usual(group.usual),
    ...cells(null),
    idPiece(short(group.id)),
    group.group_id,
    `no events for ${age(group.forMs)}`,
  ]);
  return { now: [...blips, ...silent], was };
}

/** The radar over all groups: what moved together first, then the ranked rest, then who has gone quiet. */
export function radarAll(data: RadarAllData, view: ViewOptions): string[] {
  const { radar, findings = [], quiet = [], status = {} } = data;
  const episodes = findings.filter((finding): finding is EpisodeFinding => finding.state !== 'resolved' && isEpisode(finding));
  const listed = new Set(episodes.flatMap(listMembers));
  const short = shortIds([
    ...[...radar.blips, ...(radar.earlier ?? [])].map(({ topic_id: id }) => id),
    ...findings.map(({ id }) => id),
    ...quiet.map(({ id }) => id),
    ...listed,
  ]);
  const list = rows(data, listed, short, view);
  const empty = episodes.length > 0 ? 'Nothing else in this window.' : 'Nothing to show in this window.';
  const { above, below } = splitTable(columnsFor(radar, [...list.now, ...list.was], view), list, view, empty);
  const onPage = new Set([
    ...listed,
    ...radar.blips.flatMap(({ topic_id: id, group_id: group }) => [id, group]),
    ...findings.map(({ id }) => id),
    ...quiet.map(({ id }) => id),
  ]);
  const first = episodes[0]?.id ?? radar.blips[0]?.topic_id;
  const verbs = first === undefined ? [] : [`explain ${short(first)}`, `context ${short(first)}`, `ack ${short(first)} --for 2h`];
  return [
    ...radarHeading('RADAR', 'all groups', radar, view),
    ...secondLine(data, view),
    ...openFindings(
      findings.filter(({ topic_id: id }) => id === undefined || !listed.has(id)),
      view.now ?? parseTime(radar.end),
      short,
      view,
    ),
    ...episodes.flatMap((episode) => ['', ...episodeLines(episode, short, view, findGuess(status.guesses ?? [], episode.id))]),
    '',
    ...above,
    ...restLines(radar, status, short, view),
    ...below,
    ...answerLines(status.answers ?? [], onPage, short, view),
    ...labelLines(
      status.guesses ?? [],
      radar.blips.map(({ topic_id: id }) => id).filter((id) => !listed.has(id)),
      short,
      view,
    ),
    ...commands(
      verbs.map((verb) => `caducus ${verb}`),
      view,
    ),
  ];
}
