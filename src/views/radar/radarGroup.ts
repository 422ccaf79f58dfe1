import type { Blip, Finding, Radar, RateState } from '../../signal.ts';
import { findGuess } from '../../findings/guesses/guessMark.ts';
import { guessLines, labelLines } from '../guesses/guessText.ts';
import { answerLines } from './answerLines.ts';
import { commands, flow } from '../text/layout.ts';
import type { Row } from '../text/line.ts';
import { count, expected, percent } from '../text/numbers.ts';
import { openFindings, tally } from './openFindings.ts';
import { idPiece, word } from '../text/paints.ts';
import { earlierState, splitTable } from './earlierTable.ts';
import { earlierCell, patternCell } from './patternCell.ts';
import { radarHeading } from './radarHeading.ts';
import { liveParts, warningLine, type RadarStatus } from './radarStatus.ts';
import { shortIds } from '../text/shortIds.ts';
import type { Cell, Column } from '../text/table.ts';
import { minute, parseTime } from '../text/time.ts';
import { trend, trendCells } from '../text/trend.ts';
import { trendHead } from './trendHead.ts';
import { usableColumns, widest, type ViewOptions } from '../text/viewOptions.ts';

/** A column of blips: its heading and what stands in it. */
interface BlipColumn extends Column {
  cell(blip: Blip): Cell;
}

/** Columns by the room there is: `usual` goes first, then the trend. */
function columnsFor(radar: Radar, short: (id: string) => string, view: ViewOptions): BlipColumn[] {
  const head = trendHead(radar);
  const all: (BlipColumn & { from: number })[] = [
    { from: 0, head: 'score', align: 'right', min: 5, cell: ({ score }) => count(score) },
    { from: 0, head: 'level', min: 5, cell: ({ level }) => word(level ?? '-') },
    { from: 0, head: 'state', min: 9, cell: ({ state }) => word(state) },
    { from: 0, head: 'count', align: 'right', min: 6, cell: (blip) => count(blip.count) },
    { from: widest, head: 'usual', align: 'right', min: 6, cell: ({ usual }) => expected(usual) },
    { from: 80, head, min: trendCells, cell: (blip) => trend(blip.trend, view.ascii) },
    { from: 0, head: 'id', min: 4, cell: ({ topic_id: id }) => idPiece(short(id)) },
    { from: 0, head: 'pattern', cell: patternCell },
  ];
  return all.filter(({ from }) => usableColumns(view) >= from);
}

/** The states of what did not make the list, in the order people care about. */
const order: readonly RateState[] = ['new', 'returning', 'rising', 'rare', 'falling', 'gone', 'steady'];

/** ` 1 silenced (s5vd until 06:00Z).` They are among the patterns that are listed or counted, not beside them. */
function silencedPart({ silenced = {} }: RadarStatus, short: (id: string) => string, view: ViewOptions): Row[] {
  const quiet = Object.entries(silenced).toSorted(([, a], [, b]) => a - b);
  const [first] = quiet;
  if (!first) return [];
  const [id, until] = first;
  return [[` ${count(quiet.length)} silenced (${short(id)} until ${minute(until, view.timeZone)}${quiet.length > 1 ? ' and more' : ''}).`]];
}

/** `30 more, 157 events (0.4 %): 1 falling, 29 steady.  1 silenced (s5vd until 06:00Z).` */
export function restLines(radar: Radar, status: RadarStatus, short: (id: string) => string, view: ViewOptions): string[] {
  const { patterns, events, states } = radar.rest;
  const silenced = silencedPart(status, short, view);
  if (patterns === 0) return flow(silenced, view);
  const kinds = order.flatMap((state) => (states[state] ? [`${count(states[state])} ${state}`] : []));
  const share = `${count(events)} ${events === 1 ? 'event' : 'events'} (${percent(events, radar.events)})`;
  const parts: Row[] = kinds.map((kind, at) => [`${kind}${at === kinds.length - 1 ? '.' : ','}`]);
  return flow([[`${count(patterns)} more, ${share}${kinds.length > 0 ? ':' : '.'}`], ...parts, ...silenced], view, { gap: 1 });
}

export interface RadarGroupData {
  radar: Radar;
  /** Findings that are not resolved. */
  findings?: readonly Finding[] | undefined;
  status?: RadarStatus | undefined;
}

/** The radar of one group: its ranked patterns, what is left out, and what to do next. */
export function radarGroup({ radar, findings = [], status = {} }: RadarGroupData, view: ViewOptions): string[] {
  const silenced = Object.keys(status.silenced ?? {});
  const short = shortIds([
    ...[...radar.blips, ...(radar.earlier ?? [])].map(({ topic_id: id }) => id),
    ...findings.map(({ id }) => id),
    ...silenced,
  ]);
  const columns = columnsFor(radar, short, view);
  const counts = `${count(radar.events)} ${radar.events === 1 ? 'event' : 'events'}, ${count(radar.patterns)} ${radar.patterns === 1 ? 'pattern' : 'patterns'}, ${count(radar.new_patterns)} new.`;
  const second = warningLine(radar, status, view) ?? [
    [counts],
    ...(findings.length > 0 ? [[tally(findings, silenced.length) ?? '']] : []),
    ...liveParts(status, view),
  ];
  const top = radar.blips[0] ?? radar.earlier?.[0];
  const rows = radar.blips.map((blip) => columns.map(({ cell }) => cell(blip)));
  const now = parseTime(radar.end);
  const was = (radar.earlier ?? []).map((blip) =>
    columns.map(({ head, cell }) =>
      head === 'state'
        ? earlierState(blip)
        : head === 'pattern'
          ? earlierCell(blip, now, view.timeZone)
          : cell({ ...blip, trend: blip.trend_now }),
    ),
  );
  const { above, below } = splitTable(columns, { now: rows, was }, view, 'Nothing to show in this window.');
  const next = top ? ['explain', 'context'].map((verb) => `caducus ${verb} ${short(top.topic_id)}`) : [];
  return [
    ...radarHeading('RADAR', radar.group_id ?? 'all groups', radar, view),
    ...flow(second, view),
    ...openFindings(findings, view.now ?? parseTime(radar.end), short, view),
    '',
    ...above,
    ...restLines(radar, status, short, view),
    ...below,
    ...answerLines(
      status.answers ?? [],
      new Set([...radar.blips.map(({ topic_id: id }) => id), ...findings.map(({ id }) => id), radar.group_id ?? '']),
      short,
      view,
    ),
    ...findings.flatMap(({ id }) => {
      const guess = findGuess(status.guesses ?? [], id);
      return guess ? guessLines(guess, short, view) : [];
    }),
    ...labelLines(
      status.guesses ?? [],
      radar.blips.map(({ topic_id: id }) => id),
      short,
      view,
    ),
    ...commands(top ? [...next, `caducus ack ${short(top.topic_id)} --for 2h`] : [], view),
  ];
}
