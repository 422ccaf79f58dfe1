import { toIso } from '../event.ts';
import { foldRows } from '../memory/ranking/foldRows.ts';
import type { Blip, Finding, Radar } from '../signal.ts';
import type { Board } from './board.ts';
import type { BlipView, BoardView, FindingView, RadarView, SourceView } from './boardView.ts';
import { findStale, viewGroups } from './liveness.ts';
import { splitPattern, splitText } from './patternParts.ts';
import { findAnswers, findSilences } from './readBoard.ts';
import { unusual } from './reduceBoard.ts';
import { viewEpisodes } from './viewEpisodes.ts';
import { viewLanes } from './viewLanes.ts';

/** What a run reports of itself, beside what flows. Times milliseconds since 1970. */
export interface Standing {
  pipeline: string;
  live: boolean;
  problem: string | null;
  /** Event time up to which all is thought to be in; null where nobody knows. */
  watermark: number | null;
  /** Records a second that come in; null where nothing does. */
  rate: number | null;
  sources: readonly SourceView[];
}

/** Findings that are over and are still listed. */
const mostOver = 20;
/** Windows after which it is known what their counts are like. */
const windowsKnown = 10;

/** All that a person sees of a board. `now`: the clock, milliseconds since 1970. */
export function viewBoard(board: Board, standing: Standing, now: number): BoardView {
  const radar = board.early ?? board.radar;
  const asOf = Math.max(board.newest ?? 0, standing.watermark ?? 0, radar && !radar.open ? Date.parse(radar.end) : 0);
  const groups = viewGroups(board, asOf);
  const stale = findStale(groups, asOf);
  const lanes = viewLanes(board, groups, stale ? asOf : null);
  const listed = new Set(lanes.groups.map(({ group_id: group }) => group));
  const rows = collectRows(board);
  const answers = findAnswers(board, asOf);
  const acked = new Set(answers.filter(({ type }) => type === 'ack').map(({ target }) => target));
  const dress = (finding: Finding) => viewFinding(finding, rows);
  const last = board.pulses.at(-1);
  return {
    version: 1,
    pipeline: standing.pipeline,
    now: toIso(now),
    as_of: board.newest === null ? null : toIso(board.newest),
    live: standing.live,
    problem: standing.problem,
    behind_ms: standing.live && board.newest !== null ? Math.max(0, now - board.newest) : null,
    events_per_second: standing.rate ?? (last ? last.count / ((last.end - last.start) / 1000) : null),
    window_ms: radar ? Date.parse(radar.end) - Date.parse(radar.start) : null,
    memory: { since: board.oldest === null ? null : toIso(board.oldest), groups: groups.length },
    radar: radar && viewRadar(radar),
    findings: Array.from(board.open.values(), (finding) => withAck(finding, acked))
      .sort(byWeight)
      .map(dress),
    over: [...board.over.values()].slice(-mostOver).reverse().map(dress),
    episodes: viewEpisodes(board, rows),
    answers,
    changes: board.changes,
    silenced: Object.fromEntries(Object.entries(findSilences(board, asOf)).map(([id, until]) => [id, toIso(until)])),
    lanes,
    groups: groups.filter(({ group_id: group }) => listed.has(group)),
    groups_live: { live: groups.filter(({ state }) => state === 'live').length, all: groups.length },
    sources: [...standing.sources],
    stale,
    pulse: viewPulse(board),
    calm: viewCalm(board),
  };
}

/** A row with its pattern in pieces. */
export const viewBlip = <B extends Blip>(blip: B): B & Pick<BlipView, 'parts'> => ({ ...blip, parts: splitPattern(blip) });

export function viewRadar({ earlier, blips, ...rest }: Radar): RadarView {
  return { ...rest, blips: blips.map(viewBlip), ...(earlier && { earlier: earlier.map(viewBlip) }) };
}

/** A finding with its title in pieces: those of its pattern where it is about one. */
export function viewFinding(finding: Finding, rows: ReadonlyMap<string, Blip>): FindingView {
  const row = finding.topic_id === undefined ? undefined : rows.get(finding.topic_id);
  return { ...finding, parts: row && finding.type !== 'episode' ? splitPattern(row) : splitText(finding.title) };
}

/** A run takes a moment until it has an ack, and what is over gets none. */
const withAck = (finding: Finding, acked: ReadonlySet<string>): Finding =>
  finding.state === 'firing' && [finding.id, finding.topic_id, finding.group_id].some((one) => one !== undefined && acked.has(one))
    ? { ...finding, state: 'acked' }
    : finding;

/** The last line of each topic: of the window that is shown, else of the one in which it last stood out. */
function collectRows({ rows, radar, early }: Board): Map<string, Blip> {
  const all = new Map<string, Blip>();
  for (const [topic, blips] of rows) all.set(topic, foldRows(blips)[0]!);
  for (const blip of [...(radar?.blips ?? []), ...(early?.blips ?? [])]) if (blip.volume === undefined) all.set(blip.topic_id, blip);
  return all;
}

const weights = { critical: 0, warning: 1, info: 2 } as const;
const states = { firing: 0, pending: 1, acked: 2, resolved: 3 } as const;
const byWeight = (a: Finding, b: Finding): number =>
  states[a.state] - states[b.state] ||
  weights[a.severity] - weights[b.severity] ||
  Date.parse(a.since) - Date.parse(b.since) ||
  (a.id < b.id ? -1 : 1);

function viewPulse({ pulses }: Board): BoardView['pulse'] {
  const shares = pulses.flatMap(({ count, usual }) => (usual > 0 ? [count / usual] : [])).sort((a, b) => a - b);
  const at = (share: number) => shares[Math.round(share * (shares.length - 1))]!;
  return {
    points: pulses.map(({ start, end, count, usual }) => {
      const seconds = (end - start) / 1000;
      return { start: toIso(start), events_per_second: count / seconds, usual: usual / seconds };
    }),
    band: shares.length < windowsKnown ? null : { low: at(0.1), high: at(0.9) },
  };
}

function viewCalm({ radar, pulses, unusual: last, highest, learned, over }: Board): BoardView['calm'] {
  const loud = radar?.blips.some(({ score }) => score >= unusual) === true;
  const from = Math.max(learned ?? pulses[0]?.start ?? Number.NEGATIVE_INFINITY, last ? Date.parse(last.end) : Number.NEGATIVE_INFINITY);
  const fired = [...over.values()].at(-1);
  return {
    since: loud || !Number.isFinite(from) ? null : toIso(from),
    unusual: last,
    highest,
    last_fired: fired ? { id: fired.id, title: fired.title, resolved: fired.updated } : null,
  };
}
