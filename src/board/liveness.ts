import { isSilent, usualGap } from '../base/isSilent.ts';
import { toIso } from '../event.ts';
import type { Finding } from '../signal.ts';
import type { Board, Lane } from './board.ts';
import type { BoardView, GroupView } from './boardView.ts';

/** The open finding that says that a group has gone quiet, by group. */
function findQuiet(findings: Iterable<Finding>): Map<string, Finding> {
  const quiet = new Map<string, Finding>();
  for (const one of findings) if (one.type === 'rule' && one.result.no_data === true) quiet.set(one.group_id, one);
  return quiet;
}

/** Whether each group can be seen at a time, milliseconds of event time; in the order of their names. */
export function viewGroups({ lanes, open, early }: Board, now: number): GroupView[] {
  const quiet = findQuiet(open.values());
  // What the open window holds is newer than any lane.
  const lastSeen = new Map<string, number>();
  for (const { group_id: group, last_seen: last } of early?.blips ?? [])
    lastSeen.set(group, Math.max(lastSeen.get(group) ?? Number.NEGATIVE_INFINITY, Date.parse(last)));
  const names = [...new Set([...lanes.keys(), ...quiet.keys(), ...lastSeen.keys()])].sort();
  return names.map((group) => viewGroup(group, lanes.get(group), { quiet: quiet.get(group), lastSeen: lastSeen.get(group) }, now));
}

interface Signs {
  quiet: Finding | undefined;
  /** Newest event of the open window, milliseconds. */
  lastSeen: number | undefined;
}

function viewGroup(group: string, lane: Lane | undefined, { quiet, lastSeen }: Signs, now: number): GroupView {
  const newest = Math.max(lane?.last ?? Number.NEGATIVE_INFINITY, lastSeen ?? Number.NEGATIVE_INFINITY);
  const last = Number.isFinite(newest) ? newest : null;
  const givenGap = quiet?.type === 'rule' ? (quiet.result.usual_gap_ms ?? null) : null;
  const cell = lane?.cells.at(-1);
  const silent = quiet !== undefined || (lane !== undefined && last !== null && isSilent(lane, now - last));
  return {
    group_id: group,
    state: silent ? 'no data' : 'live',
    last_seen: last === null ? null : toIso(last),
    quiet_ms: last === null ? (quiet ? Math.max(0, now - Date.parse(quiet.since)) : null) : Math.max(0, now - last),
    usual_gap_ms: givenGap ?? (lane ? usualGap(lane) : null),
    events_per_second: silent ? 0 : cell ? cell.count / ((cell.end - cell.start) / 1000) : null,
    ...(quiet && { finding: quiet.id }),
  };
}

/** Half of the groups or more can not be seen: since the newest event of theirs. Null while they can. */
export function findStale(groups: readonly GroupView[], now: number): BoardView['stale'] {
  const blind = groups.filter(({ state, last_seen: last }) => state === 'no data' && last !== null);
  if (blind.length === 0 || blind.length * 2 < groups.length) return null;
  const newest = blind.reduce((latest, one) => (one.last_seen! > latest.last_seen! ? one : latest));
  return {
    groups: blind.length,
    of: groups.length,
    as_of: newest.last_seen!,
    for_ms: Math.max(0, now - Date.parse(newest.last_seen!)),
    usual_gap_ms: newest.usual_gap_ms,
  };
}
