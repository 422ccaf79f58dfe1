/** Records after which it is known how often one comes. */
const known = 20;
/** Shortest silence that says anything, milliseconds, and how many times as long as usual it is. */
const shortest = 60_000;
const times = 20;

/** What came of something so far: how many records, and the times of the first and the last, milliseconds. */
export interface Habit {
  count: number;
  first: number;
  last: number;
}

/** How far apart its records are on average, milliseconds; null before that is known. */
export const usualGap = ({ count, first, last }: Habit): number | null => (count < known ? null : (last - first) / (count - 1));

/** Whether a silence of so many milliseconds is against habit. What has always come rarely is not silent, nor what has hardly come. */
export function isSilent(habit: Habit, silentFor: number): boolean {
  const gap = usualGap(habit);
  return gap !== null && silentFor > Math.max(shortest, times * gap);
}
