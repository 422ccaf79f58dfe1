import type { TopicRecord } from '../../memory/topics/topicRecord.ts';
import type { EpisodeFinding } from '../../signal.ts';
import { anonymize } from './anonymize.ts';
import type { GuessPart } from '../../results/guess.ts';

/** What a model is asked about. All of `data` leaves the house, and nothing else does. */
export interface Question {
  /** Id of the episode; '' of patterns alone. */
  target: string;
  /** Ids of the patterns, in the order of `data.patterns`: none of them leaves. */
  ids: string[];
  ask: readonly GuessPart[];
  data: QuestionData;
}

/** Anonymized; `p1` is the first of the patterns. */
export interface QuestionData {
  patterns: QuestionPattern[];
  /** Seconds from the start of the episode, below 0 before it. */
  changes?: { seconds: number; text: string }[];
  lines?: string[];
}

interface QuestionPattern {
  name: string;
  pattern: string;
  group?: string;
  state?: string;
  count?: number;
  /** From the start of the episode to where it began to move. */
  seconds?: number;
}

/** Patterns, changes and lines of one question, and the length of a text in it. */
const mostPatterns = 16;
const mostChanges = 3;
const mostLines = 3;
const longest = 300;

const shorten = (text: string): string => {
  const safe = anonymize(text);
  return safe.length > longest ? `${safe.slice(0, longest)}...` : safe;
};

/** Asks about an episode: its rows, the changes beside it and at most three lines; null where nothing of that is asked for. */
export function askAboutEpisode({ id, since, result }: EpisodeFinding, ask: readonly GuessPart[]): Question | null {
  const members = result.members.slice(0, mostPatterns);
  if (members.length === 0) return null;
  const ids = members.map(({ topic_id: topic }) => topic);
  // For labels a pattern is enough.
  if (ask.every((part) => part === 'labels')) return askForLabels(members.map(({ topic_id, label }) => ({ id: topic_id, pattern: label })));
  const start = Date.parse(since);
  const seconds = (at: string) => Math.round((Date.parse(at) - start) / 1000);
  const data: QuestionData = {
    patterns: members.map(({ label, group_id: group, state, count, at }, place) => ({
      name: `p${place + 1}`,
      pattern: shorten(label),
      group: shorten(group),
      state,
      count,
      seconds: seconds(at),
    })),
  };
  const changes = result.changes.slice(-mostChanges).map(({ at, text }) => ({ seconds: seconds(at), text: shorten(text) }));
  const lines = (result.lines ?? []).slice(0, mostLines).map(({ text }) => shorten(text));
  if (changes.length > 0) data.changes = changes;
  if (lines.length > 0) data.lines = lines;
  return { target: id, ids, ask, data };
}

/** Asks for a few words for each of these patterns, by the patterns alone; null without any. */
export function askForLabels(patterns: readonly { id: string; pattern: string }[]): Question | null {
  if (patterns.length === 0) return null;
  const asked = patterns.slice(0, mostPatterns);
  return {
    target: '',
    ids: asked.map(({ id }) => id),
    ask: ['labels'],
    data: { patterns: asked.map(({ pattern }, place) => ({ name: `p${place + 1}`, pattern: shorten(pattern) })) },
  };
}

/** A topic as it is asked about: by its patterns, the one with most lines first. */
export const describeTopic = ({ topic_id: id, label, members }: Pick<TopicRecord, 'topic_id' | 'label' | 'members'>) => ({
  id,
  pattern: members[0]?.pattern ?? label,
});
