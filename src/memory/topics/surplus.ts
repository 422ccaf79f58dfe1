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
export function measureSurplus(topics: Iterable<Topic>, { period, periodMs, maxTopics, held }: SurplusOptions): Topic[] {
  const gone: Topic[] = [];
  const kept: Topic[] = [];
  let size = 0;
  for (const topic of topics) {
    closePeriods(topic.weight, period, periodMs);
    size += 1;
    if (!held(topic)) (isPruned(topic.weight.weight) ? gone : kept).push(topic);
  }
  const over = size - gone.length - maxTopics;
  if (over <= 0) return gone;
  kept.sort((a, b) => a.weight.weight - b.weight.weight || a.last - b.last || a.born - b.born);
  return [...gone, ...kept.slice(0, over)];
}
