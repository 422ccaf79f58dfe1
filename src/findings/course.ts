import type { Course } from '../results/course.ts';

/** How much more, or less, than in the window before makes a course. */
const grows = 1.25;
const eases = 0.8;
/** Counts as small as this go up and down by chance. */
const leastChange = 3;

/** Whether what is counted grows or not, from one whole window to the next; null where there was none before. */
export function judgeCourse(before: number | undefined, now: number): Course | null {
  if (before === undefined || before <= 0) return null;
  if (now >= grows * before && now - before >= leastChange) return 'growing';
  return now <= eases * before && before - now >= leastChange ? 'easing' : 'steady';
}
