import { evictOldest } from '../base/evictOldest.ts';
import type { Blip } from '../signal.ts';
import { caps, type Board, type LaneCell } from './board.ts';

/** Takes a line of a closed window into the lane of its group, and into the pulse of all. */
export function takeLane(board: Board, blip: Blip): void {
  const start = Date.parse(blip.start);
  const cell = findCell(board, blip.group_id, start, Date.parse(blip.end));
  if (!cell) return;
  cell.score = Math.max(cell.score, blip.score);
  // The volume of a group counts its events once more, a row about numbers counts none.
  if (blip.volume !== undefined || blip.measure) return;
  const lane = board.lanes.get(blip.group_id)!;
  const pulse = findPulse(board, start, cell.end);
  for (const sum of pulse ? [cell, pulse] : [cell]) {
    sum.count += blip.count;
    sum.usual += blip.usual ?? 0;
  }
  if (blip.count === 0) return;
  lane.count += blip.count;
  lane.first = Math.min(lane.first, Math.max(start, Date.parse(blip.first_seen)));
  lane.last = Math.max(lane.last, Date.parse(blip.last_seen));
}

/** A score that rank has raised since: what moved together counts for more. */
export function raiseLane(board: Board, { group_id: group, start, score }: Blip): void {
  const cell = board.lanes.get(group)?.cells.findLast((one) => one.start === Date.parse(start));
  if (cell) cell.score = Math.max(cell.score, score);
}

/** The cell of a window; undefined for one that is older than what is remembered. */
function findCell({ lanes }: Board, group: string, start: number, end: number): LaneCell | undefined {
  const known = lanes.get(group);
  const last = known?.cells.at(-1);
  if (known && last && last.start >= start) return last.start === start ? last : known.cells.findLast((one) => one.start === start);
  const lane = known ?? { cells: [], count: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  const cell = { start, end, count: 0, usual: 0, score: 0 };
  lane.cells.push(cell);
  if (lane.cells.length > caps.windows) lane.cells.shift();
  // Moved to the end: the first in the map are those seen longest ago.
  lanes.delete(group);
  lanes.set(group, lane);
  evictOldest(lanes, caps.groups);
  return cell;
}

function findPulse({ pulses }: Board, start: number, end: number): Board['pulses'][number] | undefined {
  const last = pulses.at(-1);
  if (last && last.start >= start) return pulses.findLast((one) => one.start === start);
  const pulse = { start, end, count: 0, usual: 0 };
  pulses.push(pulse);
  if (pulses.length > caps.windows) pulses.shift();
  return pulse;
}
