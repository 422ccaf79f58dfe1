import { toIso } from '../../event.ts';
import { besides, usuallyAhead, type Beside, type Stretch } from '../../memory/topics/beside.ts';
import { currentState, findWindow } from '../../memory/topics/currentState.ts';
import type { Near } from '../../memory/topics/nearestTopics.ts';
import { PART } from '../../memory/patterns/past.ts';
import { TREND } from '../../memory/patterns/pattern.ts';
import type { TopicRecord } from '../../memory/topics/topicRecord.ts';
import type { Mark } from '../../signal.ts';
import type { ContextResult, NearPattern, Neighbour } from '../../views/explain/contextResult.ts';
import { age } from '../../views/text/duration.ts';
import { multiple } from '../../views/text/numbers.ts';
import { measureReach } from '../recall/measureReach.ts';
import type { Known } from '../recall/known.ts';
import { pastEpisodes } from './pastEpisodes.ts';
import { knownUntil } from '../recall/states.ts';

/** What is asked for: a text, a pattern, or a moment in milliseconds. */
export type Query = { text: string } | { topic: TopicRecord } | { at: number; text: string };

/** The patterns like a text or a pattern, nearest first, without the pattern itself; and what compared them. */
export interface Compared {
  near: readonly Near[];
  by: string;
}

/** Patterns that are listed, and neighbours a column. */
export const mostNear = 5;
const mostBeside = 6;
/** Cells of a history in parts of six hours: a week. */
const weekCells = 28;

/** What is known around a text, a pattern or a time, `compared` being what is like it. Ages count to the newest event. */
export function describeContext(known: Known, query: Query, compared: Compared, marks: readonly Mark[]): ContextResult {
  const { recall, topics } = known;
  const asOf = recall.as_of ?? toIso(0);
  const end = knownUntil(known);
  const windowMs = findWindow(topics);
  const reach = Math.max(30 * 60_000, 2 * windowMs);
  const near = findNear(topics, query, compared, reach);
  const first = near[0]?.topic;
  const moment = 'at' in query ? { from: query.at, to: query.at + windowMs } : first && findStretch(first, windowMs);
  const others = 'at' in query ? topics : topics.filter((topic) => topic !== first);
  const past = first && moment ? first.moves.map(({ at }) => Date.parse(at)).filter((at) => at < moment.from - reach) : [];
  const when = first && describeHistory(first, end, windowMs);
  const values = first ? listValues(first) : [];
  return {
    query: 'topic' in query ? query.topic.label : query.text,
    as_of: asOf,
    searched: {
      patterns: topics.length,
      groups: new Set(topics.map(({ group_id: group }) => group)).size,
      memory_ms: measureReach(topics, recall.as_of),
      by: compared.by,
    },
    nearest: near.map((one) => describePattern(one, end, windowMs)),
    ...(when ? { when } : {}),
    ...(moment ? { same_minutes: neighbours(others, moment, reach, marks) } : {}),
    usually_before: usuallyAhead(others, past, reach)
      .slice(0, 3)
      .map(({ topic, in: times, of, earlier }) => ({ topic_id: topic.topic_id, in: times, of, earlier_ms: Math.round(earlier) })),
    past_episodes: first ? pastEpisodes(recall.findings, first, marks) : [],
    ...(values.length > 0 ? { values } : {}),
  };
}

function findNear(
  topics: readonly TopicRecord[],
  query: Query,
  { near }: Compared,
  reach: number,
): { topic: TopicRecord; match: number | null }[] {
  if ('at' in query) {
    const { before, during, after } = besides(topics, { from: query.at, to: query.at + 1 }, reach);
    const all = [...during, ...before, ...after].sort((a, b) => Math.abs(a.offset) - Math.abs(b.offset));
    return all.slice(0, mostNear).map(({ topic }) => ({ topic, match: null }));
  }
  return ('text' in query ? [...near] : [{ topic: query.topic, match: 1 }, ...near]).slice(0, mostNear);
}

/** When it last did something else than usual, else the window of its last event. */
function findStretch({ moves, last_seen: last }: TopicRecord, windowMs: number): Stretch {
  const move = moves.at(-1);
  if (move) return { from: Date.parse(move.at), to: Date.parse(move.until) };
  const from = Math.floor(Date.parse(last) / windowMs) * windowMs;
  return { from, to: from + windowMs };
}

function describePattern({ topic, match }: { topic: TopicRecord; match: number | null }, end: number, windowMs: number): NearPattern {
  const { topic_id, group_id, first_seen, last_seen, count_7d, label } = topic;
  return {
    match: match === null ? null : Math.round(match * 1000) / 1000,
    topic_id,
    group_id,
    state: currentState(topic, end, windowMs),
    first_seen,
    last_seen,
    count_7d,
    label,
  };
}

/** Its counts up to now: by window, or by six hours of a week where it did not come lately. */
function describeHistory({ judged, history }: TopicRecord, end: number, windowMs: number): ContextResult['when'] {
  const to = Math.ceil(end / windowMs) * windowMs;
  const missed = judged ? Math.round((to - Date.parse(judged.end)) / windowMs) : TREND;
  if (judged && missed < TREND) {
    const counts = [...judged.trend, ...Array<number>(Math.max(0, missed)).fill(0)].slice(-TREND);
    if (counts.some((n) => n > 0)) return { from: toIso(to - TREND * windowMs), to: toIso(to), counts };
  }
  const last = Math.floor(end / PART);
  const parts = new Map(history.map(({ from, count: n }) => [Date.parse(from) / PART, n]));
  const counts = Array.from({ length: weekCells }, (_, i) => parts.get(last - weekCells + 1 + i) ?? 0);
  if (counts.every((n) => n === 0)) return undefined;
  return { from: toIso((last - weekCells + 1) * PART), to: toIso((last + 1) * PART), counts };
}

function neighbours(
  topics: readonly TopicRecord[],
  moment: Stretch,
  reach: number,
  marks: readonly Mark[],
): NonNullable<ContextResult['same_minutes']> {
  const { before, during, after } = besides(topics, moment, reach);
  const changes = (from: number, to: number): Neighbour[] =>
    marks
      .filter(({ type, at }) => type === 'change' && Date.parse(at) >= from && Date.parse(at) < to)
      .map(({ text = '' }) => ({ text: `change ${text}` }));
  const listed = (list: readonly Beside[], from: number, to: number) =>
    [...list.map(describeNeighbour), ...changes(from, to)].slice(0, mostBeside);
  return {
    before: listed(before, moment.from - reach, moment.from),
    during: listed(during, moment.from, moment.to),
    after: listed(after, moment.to, moment.to + reach),
  };
}

/** `1m earlier, 38x`, `29s later, new`, `5m later, gone`. */
function describeNeighbour({ topic, move: { state, count: seen, usual }, offset }: Beside): Neighbour {
  const distance = `${age(Math.abs(offset))} ${offset < 0 ? 'earlier' : 'later'}`;
  const times = state !== 'gone' && state !== 'falling' && usual !== null && usual >= 0.5 && seen > usual ? multiple(seen / usual) : state;
  return { topic_id: topic.topic_id, text: `${distance}, ${times}` };
}

/** Values behind its variable parts, those parts left out in which hardly any came twice. */
function listValues({ slots }: TopicRecord): NonNullable<ContextResult['values']> {
  return slots
    .filter(({ distinct, values }) => distinct <= 4 || (values[0]?.count ?? 0) > 2)
    .slice(0, 4)
    .map(({ type, values }) => ({ type, values }));
}
