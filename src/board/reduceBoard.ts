import { evictOldest, setNewest } from '../base/evictOldest.ts';
import { findMembers } from '../findings/findMembers.ts';
import type { Blip, Finding, Mark, Radar, Signal } from '../signal.ts';
import { caps, type Board, type Shown } from './board.ts';
import { raiseLane, takeLane } from './lanes.ts';

/** Scores from which a line is unusual, and from which it stands out so far that it is held. */
export const unusual = 40;
const stands = 20;

/**
 * Takes a signal into the board and returns it. Like the step of a machine it touches nothing but the state it is given,
 * and asks no clock: the same signals make the same board. Events go by untouched: there are many, and their counts come
 * with the blips.
 */
export function reduceBoard(board: Board, signal: Signal): Board {
  if (signal.kind === 'blip') takeBlip(board, signal.blip);
  else if (signal.kind === 'radar') takeRadar(board, signal.radar);
  else if (signal.kind === 'finding') takeFinding(board, signal.finding);
  else if (signal.kind === 'mark') takeMark(board, signal.mark);
  return board;
}

function takeBlip(board: Board, blip: Blip): void {
  sawTime(board, Date.parse(blip.last_seen));
  const first = Date.parse(blip.first_seen);
  if (Number.isFinite(first) && (board.oldest === null || first < board.oldest)) board.oldest = first;
  if (blip.open || blip.partial) return;
  takeLane(board, blip);
  if (blip.volume !== undefined || (blip.score < stands && !board.followed.has(blip.topic_id))) return;
  const others = (board.rows.get(blip.topic_id) ?? []).filter(({ end, template_id: id }) => end === blip.end && id !== blip.template_id);
  setNewest(board.rows, blip.topic_id, [...others, blip], caps.rows);
}

function takeRadar(board: Board, radar: Radar): void {
  if (radar.open) board.early = radar;
  else {
    board.radar = radar;
    board.early = null;
    board.windows += 1;
    for (const blip of radar.blips) raiseLane(board, blip);
    takePeak(board, radar);
    endAnswers(board, Date.parse(radar.end));
  }
  for (const { topic_id: id, group_id: group, label, last_seen: last } of radar.blips) {
    sawTime(board, Date.parse(last));
    show(board, { id, kind: 'pattern', label, group_id: group });
    show(board, { id: group, kind: 'group', label: group, group_id: group });
  }
}

function takeFinding(board: Board, finding: Finding): void {
  const { id, type, state, title, group_id: group, topic_id: topic, updated } = finding;
  sawTime(board, Date.parse(updated));
  if (state === 'resolved') {
    board.open.delete(id);
    setNewest(board.over, id, finding, caps.over);
    board.followed = new Set([...board.open.values()].flatMap(aboutTopics));
  } else if (board.open.has(id) || board.open.size < caps.open) {
    board.over.delete(id);
    board.open.set(id, finding);
    for (const one of aboutTopics(finding)) board.followed.add(one);
  }
  show(board, { id, kind: type === 'episode' ? 'episode' : 'finding', label: title, group_id: group });
  if (topic !== undefined) show(board, { id: topic, kind: 'pattern', label: title, group_id: group });
}

/** Topics a finding is about; of an episode its members. */
const aboutTopics = (finding: Finding): string[] => [
  ...(finding.topic_id === undefined ? [] : [finding.topic_id]),
  ...findMembers(finding),
];

/** What stands out is held apart from what does not. While all is new, nothing does. */
function takePeak(board: Board, { blips, start, end, learning }: Radar): void {
  if (learning) board.learned = Date.parse(end);
  const top = blips.reduce<Blip | null>((best, blip) => (best && best.score >= blip.score ? best : blip), null);
  if (!top || learning) return;
  const { score, topic_id, group_id, label } = top;
  const peak = { start, end, score, topic_id, group_id, label };
  if (score >= unusual) Object.assign(board, { unusual: peak, highest: null });
  else if (board.highest === null || score > board.highest.score) board.highest = peak;
}

function takeMark(board: Board, mark: Mark): void {
  // Apart from what people answer, which no guess may push out.
  if (mark.type === 'guess') setNewest(board.guesses, mark.target || mark.id, mark, caps.guesses);
  else if (mark.type === 'change') {
    if (!board.changes.some(({ id }) => id === mark.id)) board.changes = [...board.changes, mark].slice(-caps.changes);
  } else if (mark.type === 'resolve') board.answers.delete(answerKey('ack', mark.target));
  else setNewest(board.answers, answerKey(mark.type, mark.target), mark, caps.answers);
}

const answerKey = (type: Mark['type'], target: string): string => `${type}\0${target}`;

/** Lets go of the answers that have ended by this time. */
function endAnswers(board: Board, now: number): void {
  for (const [key, { until }] of board.answers) if (until !== undefined && Date.parse(until) <= now) board.answers.delete(key);
}

function sawTime(board: Board, time: number): void {
  if (Number.isFinite(time) && (board.newest === null || time > board.newest)) board.newest = time;
}

function show(board: Board, one: Shown): void {
  if (board.shown.has(one.id)) return;
  board.shown.set(one.id, one);
  board.shownInAll += 1;
  evictOldest(board.shown, caps.shown);
}
