import { toIso } from '../event.ts';
import type { Board } from './board.ts';
import type { BoardView, GroupView, LaneView } from './boardView.ts';

/** Groups whose lane is listed. */
const most = 64;

/** Lanes count for their order as they are now, and for less as they were. */
const recent = 3;

/**
 * The highest scores of each group in the last windows, those of the open window too; null from where a group is silent.
 * `until`: a time, milliseconds, up to which windows are listed although none has closed; null for no such time.
 */
export function viewLanes(board: Board, groups: readonly GroupView[], until: number | null): BoardView['lanes'] {
  const starts = [...new Set([...board.lanes.values()].flatMap(({ cells }) => cells.map(({ start }) => start)))];
  const early = board.early;
  if (early && !starts.includes(Date.parse(early.start))) starts.push(Date.parse(early.start));
  starts.sort((a, b) => a - b);
  extend(starts, board, until);
  const listed = starts.slice(-36);
  const open = new Map<string, number>();
  for (const { group_id: group, score } of early?.blips ?? []) open.set(group, Math.max(open.get(group) ?? 0, score));
  const all = groups.map((group) => viewLane(board, group, listed, open));
  all.sort((a, b) => rankLane(b) - rankLane(a) || (a.group_id < b.group_id ? -1 : 1));
  const rest = all.slice(most);
  return {
    starts: listed.map(toIso),
    groups: all.slice(0, most),
    more: { groups: rest.length, highest: rest.reduce((top, { scores }) => Math.max(top, ...scores.map((score) => score ?? 0)), 0) },
  };
}

/** Adds the whole windows behind the last one. */
function extend(starts: number[], { radar, early }: Board, until: number | null): void {
  const last = early ?? radar;
  if (until === null || !last || starts.length === 0) return;
  const width = Date.parse(last.end) - Date.parse(last.start);
  const begun = starts.at(-1)!;
  const whole = Math.floor((until - begun) / width) - 1;
  for (let i = Math.max(1, whole - 36); i <= whole; i += 1) starts.push(begun + i * width);
}

function viewLane(
  { lanes, early }: Board,
  { group_id, state, last_seen: last }: GroupView,
  starts: readonly number[],
  open: Map<string, number>,
): LaneView {
  const cells = new Map(lanes.get(group_id)?.cells.map((cell) => [cell.start, cell]));
  const openAt = early ? Date.parse(early.start) : null;
  const blindFrom = state === 'no data' ? (last === null ? Number.NEGATIVE_INFINITY : Date.parse(last)) : Number.POSITIVE_INFINITY;
  const read = (start: number): { score: number; count: number } | null => {
    if (start > blindFrom) return null;
    const cell = cells.get(start);
    if (start !== openAt) return { score: cell?.score ?? 0, count: cell?.count ?? 0 };
    const rows = early!.blips.filter((blip) => blip.group_id === group_id && blip.volume === undefined && !blip.measure);
    return { score: open.get(group_id) ?? 0, count: rows.reduce((sum, { count }) => sum + count, 0) };
  };
  const seen = starts.map(read);
  return { group_id, scores: seen.map((one) => one?.score ?? null), counts: seen.map((one) => one?.count ?? null) };
}

const rankLane = ({ scores }: LaneView): number =>
  Math.max(0, ...scores.slice(-recent).map((score) => score ?? 0)) + Math.max(0, ...scores.map((score) => score ?? 0)) / 1000;
