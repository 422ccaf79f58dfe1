import { findMembers } from '../findings/findMembers.ts';
import type { Finding, Mark, Radar } from '../signal.ts';
import type { Board } from './board.ts';

/** How many patterns of a radar, listed or not, do what: by their word for it. */
export function countStates({ blips, rest }: Radar): Record<string, number> {
  const states: Record<string, number> = { ...rest.states };
  for (const { state } of blips) states[state] = (states[state] ?? 0) + 1;
  return states;
}

/** Acks, silences and notes that are in force at a time, milliseconds since 1970. */
export const findAnswers = ({ answers }: Board, now: number): Mark[] =>
  [...answers.values()].filter(({ until }) => until === undefined || Date.parse(until) > now);

/** Ends of the silences that have one, by what is silenced, as of a time: milliseconds since 1970. */
export function findSilences(board: Board, now: number): Record<string, number> {
  const silenced: Record<string, number> = {};
  for (const { type, target, until } of findAnswers(board, now)) {
    if (type === 'silence' && until !== undefined) silenced[target] = Date.parse(until);
  }
  return silenced;
}

/** The episodes that are open, oldest first. */
export const findEpisodes = ({ open }: Board): Finding[] => [...open.values()].filter(({ type }) => type === 'episode');

/** Whether an episode that is open holds a pattern, by the pattern's id. */
export const isInEpisode = (board: Board, topic: string): boolean =>
  findEpisodes(board).some((episode) => findMembers(episode).includes(topic));
