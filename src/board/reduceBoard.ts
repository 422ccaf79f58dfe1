import { evictOldest, setNewest } from '../base/evictOldest.ts';
import type { Blip, Finding, Mark, Radar, Signal } from '../signal.ts';
import { caps, type Board, type Shown } from './board.ts';

const hour = 3_600_000;

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

function takeBlip(board: Board, { group_id: group, start, open, count, last_seen: last }: Blip): void {
  sawTime(board, Date.parse(last));
  if (open || count === 0) return;
  const began = Math.floor(Date.parse(start) / hour) * hour;
  const hours = board.groups.get(group) ?? [];
  const known = hours.find((one) => one.hour === began);
  if (known) known.events += count;
  else hours.push({ hour: began, events: count });
  hours.sort((a, b) => a.hour - b.hour);
  setNewest(board.groups, group, hours.slice(-caps.hours), caps.groups);
}

function takeRadar(board: Board, radar: Radar): void {
  if (radar.open) board.early = radar;
  else {
    board.radar = radar;
    board.early = null;
    board.windows += 1;
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
  } else if (board.open.has(id) || board.open.size < caps.open) {
    board.over.delete(id);
    board.open.set(id, finding);
  }
  show(board, { id, kind: type === 'episode' ? 'episode' : 'finding', label: title, group_id: group });
  if (topic !== undefined) show(board, { id: topic, kind: 'pattern', label: title, group_id: group });
}

function takeMark(board: Board, mark: Mark): void {
  if (mark.type === 'change') board.changes = [...board.changes, mark].slice(-caps.changes);
  else if (mark.type === 'resolve') board.answers.delete(answerKey('ack', mark.target));
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
