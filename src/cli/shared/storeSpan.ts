import type { Files } from '../../io.ts';
import { readGroups } from '../../store/readGroups.ts';

/** First and last time of what is stored, of one group or of all, milliseconds since 1970; null without events. */
export async function storeSpan(files: Files, dataDir: string, group?: string): Promise<{ first: number | null; last: number | null }> {
  let [first, last]: [number | null, number | null] = [null, null];
  for (const one of await readGroups(files, dataDir)) {
    if (group !== undefined && one.group_id !== group) continue;
    first = Math.min(first ?? Number.POSITIVE_INFINITY, Date.parse(one.first));
    last = Math.max(last ?? Number.NEGATIVE_INFINITY, Date.parse(one.last));
  }
  return { first, last };
}
