import { addToWeight, closePeriods } from '../classic/weights.ts';
import type { Topic } from './topic.ts';

/** Counts one event of any of its templates; `level` is an index of `levels`, -1 where none was given. */
export function countEvent(topic: Topic, time: number, level: number, periodMs: number): void {
  topic.total += 1;
  if (time > topic.last) topic.last = time;
  if (time < topic.first) topic.first = time;
  if (level > topic.level) topic.level = level;
  addToWeight(topic.weight, time, periodMs);
}

/** A topic that was never emitted turned out to be the same: its events count as if they had been the heir's from the start. */
export function joinTotals(heir: Topic, fresh: Topic, periodMs: number): void {
  addTotals(heir, fresh);
  closePeriods(heir.weight, fresh.weight.period, periodMs);
  heir.weight.n += fresh.weight.n;
  heir.weight.seen = Math.max(heir.weight.seen, fresh.weight.seen);
}

/** Folds what was counted of a topic that turned out to be the same into its heir. */
export function mergeTotals(heir: Topic, gone: Topic): void {
  addTotals(heir, gone);
  heir.weight.weight = Math.max(heir.weight.weight, gone.weight.weight);
  heir.weight.founded = Math.min(heir.weight.founded, gone.weight.founded);
  heir.weight.seen = Math.max(heir.weight.seen, gone.weight.seen);
  heir.weight.n += gone.weight.n;
}

function addTotals(heir: Topic, other: Topic): void {
  heir.total += other.total;
  heir.first = Math.min(heir.first, other.first);
  heir.last = Math.max(heir.last, other.last);
  heir.level = Math.max(heir.level, other.level);
}
