import type { Topic } from './topic.ts';
import { closePeriods, isPruned } from '../classic/weights.ts';

export interface SurplusOptions {
  /** The weight's period that is open, and its length in milliseconds. */
  period: number;
  periodMs: number;
  maxTopics: number;
  /** True for topics that must stay: an open window counts them. */
  held(topic: Topic): boolean;
}

/** The topics to forget: those whose weight is gone, then, over the limit, the lightest, of those the longest unseen. */
export function measureSurplus(topics: readonly Topic[], { period, periodMs, maxTopics, held }: SurplusOptions): Topic[] {
  const gone: Topic[] = [];
  for (const topic of topics) {
    closePeriods(topic.weight, period, periodMs);
    if (isPruned(topic.weight.weight) && !held(topic)) gone.push(topic);
  }
  const over = topics.length - gone.length - maxTopics;
  if (over <= 0) return gone;
  // Looked for only where there are too many: this is asked for at the close of every window.
  const kept = topics.filter((topic) => !isPruned(topic.weight.weight) && !held(topic));
  kept.sort((a, b) => a.weight.weight - b.weight.weight || a.last - b.last || a.born - b.born);
  return [...gone, ...kept.slice(0, over)];
}
