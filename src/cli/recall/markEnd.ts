import { timeArgument } from '../shared/timeArgument.ts';

/** When a mark ends by `--for` and `--until`; undefined when neither was given. Milliseconds. */
export function markEnd({ lasting, until }: { lasting: number | undefined; until: string | undefined }, from: number): number | undefined {
  if (lasting !== undefined) return from + lasting;
  return until === undefined ? undefined : timeArgument(until, '--until', from);
}
