import type { EpisodeFinding } from '../../signal.ts';

/** Beside what an episode is held where no value tells its lines from others: an hour before it, milliseconds. */
const BEFORE = 3_600_000;

/** Values that need no quotes in a shell. */
const plain = /^[\w.,:/@%+=-]+$/;
const quote = (text: string): string => (plain.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/**
 * The command that holds an episode against what is usual: the version, pod or zone that all of it has against the one that
 * most other lines of its groups have; without one its time against the hour before it.
 */
export function writeComparison({ since, result }: Pick<EpisodeFinding, 'since' | 'result'>): string {
  const held = result.in_common.find(({ field, others }) => field !== undefined && others !== undefined);
  if (held) return `caducus diff --by ${quote(held.field!)} ${quote(held.others!)} ${quote(held.value)}`;
  const minute = (ms: number) => `${new Date(ms).toISOString().slice(0, 16)}Z`;
  const began = Date.parse(since);
  return `caducus diff --by time ${minute(began - BEFORE)}..${minute(began)} ${minute(began)}..`;
}
