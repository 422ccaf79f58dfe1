import { cosine, embedLexical } from '../text/lexical.ts';
import type { TopicRecord } from './topicRecord.ts';

/** Cosine below which two texts have nothing to do with each other: what they share is a common word or chance. */
const LEAST = 0.25;
/** Templates of a topic that are compared. */
const MEMBERS = 4;

export interface Near {
  topic: TopicRecord;
  /** Cosine, 0 to 1. */
  match: number;
}

/**
 * The topics nearest to a text, nearest first: exact cosine of lexical vectors with what is constant in a topic, with its
 * templates, values included, and with a line of it; the best counts. Equal ones: more events, then id.
 */
export function nearestTopics(text: string, topics: readonly TopicRecord[], most: number): Near[] {
  const wanted = embedLexical(text);
  return topics
    .map((topic) => ({ topic, match: Math.min(1, Math.max(...listTexts(topic).map((one) => cosine(wanted, embedLexical(one))))) }))
    .filter(({ match }) => match >= LEAST)
    .sort((a, b) => b.match - a.match || b.topic.total - a.topic.total || (a.topic.topic_id < b.topic.topic_id ? -1 : 1))
    .slice(0, most);
}

function listTexts({ text, members, exemplars }: TopicRecord): string[] {
  // `<host>` in a pattern is the name of a type, not a word of the line.
  const patterns = members.slice(0, MEMBERS).map(({ pattern }) => pattern.replaceAll(/<[a-z*]*>/g, ' '));
  const line = exemplars.at(-1)?.text.slice(0, 1000);
  return [text, ...patterns, ...(line === undefined ? [] : [line])];
}
