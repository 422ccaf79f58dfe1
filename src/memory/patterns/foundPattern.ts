import { startGaps } from '../rates/gaps.ts';
import { startRate } from '../rates/rates.ts';
import { gravestWord } from '../text/severity.ts';
import type { Founding } from '../topics/foundTopic.ts';
import type { Topic } from '../topics/topic.ts';
import { startPast } from './past.ts';
import type { Pattern } from './pattern.ts';

/** Event time after which a topic is known: another wording of it is no news. Milliseconds. */
const KNOWN_AFTER = 86_400_000;

/** How the template came to its topic: it founded it, joined it, or is back after it was evicted or forgotten. */
export type Arrival = 'founds' | 'joins' | 'returns';

/** Where a template belongs. */
export interface Place {
  template: string;
  /** What is constant in it. */
  text: string;
  topic: Topic;
  arrival: Arrival;
}

/** A pattern of which nothing has been counted yet. */
export function foundPattern({ template, text, topic, arrival }: Place, founding: Founding): Omit<Pattern, 'born'> {
  const { time, window, exposure, novelty, newPerWindow } = founding;
  const back = arrival === 'returns';
  const alone = topic.templates.length === 1;
  const pattern: Omit<Pattern, 'born'> = {
    id: template,
    topic,
    merged: [],
    novelty: back ? 0 : novelty,
    newPerWindow,
    first: back && alone ? topic.first : time,
    last: back && alone ? topic.last : time,
    total: back && alone ? topic.total : 0,
    level: back && alone ? topic.level : -1,
    word: gravestWord(text),
    rate: startRate(exposure),
    gaps: startGaps(),
    hours: null,
    missedAt: null,
    missedIn: undefined,
    foundedIn: window,
    returnedIn: back ? window : null,
    gone: false,
    window: window - 1,
    trend: [],
    past: startPast(),
  };
  return arrival === 'joins' ? asKnown(pattern, topic, time) : pattern;
}

/** A pattern that turns out to be another wording of a topic known for a day is not new, and nothing is usual for it yet. */
export function asKnown<T extends Omit<Pattern, 'born'>>(pattern: T, topic: Topic, time: number): T {
  return isKnownFor(topic, time) ? asNoNews(pattern) : pattern;
}

export const asNoNews = <T extends Omit<Pattern, 'born'>>(pattern: T): T =>
  Object.assign(pattern, { novelty: 0, foundedIn: Number.MIN_SAFE_INTEGER, rate: startRate(0) });

export const isKnownFor = (topic: Topic, time: number): boolean => time - topic.first >= KNOWN_AFTER;
