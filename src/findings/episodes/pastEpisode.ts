import { toIso } from '../../event.ts';
import type { SeenBefore } from '../../results/episodeResult.ts';
import type { Mark } from '../../signal.ts';
import { listBeginnings } from '../causes/precedents.ts';
import { scoreNearness, weighPatterns } from '../incidents/nearness.ts';

/** An episode that is over, as far as it helps with the next. Plain data; times are milliseconds. */
export interface PastEpisode {
  id: string;
  at: number;
  lasted: number;
  patterns: string[];
  label: string;
  note: string | null;
  link: string | null;
  /** When each of its groups began, and how long before it something was changed; absent in what older releases saved. */
  began?: [group: string, offset: number][];
  changed?: number | null;
}

/** Past episodes that are named beside one. */
const most = 3;
/** Share of an episode's patterns that another must have had to be like it. */
const leastShare = 0.34;

export function rememberEpisode(
  { id, since, members }: { id: string; since: number; members: readonly { id: string; group: string; at: number }[] },
  now: number,
  label: string,
  { notes, changed }: { notes: readonly Mark[]; changed: number | null },
): PastEpisode {
  const past = {
    id,
    at: since,
    lasted: Math.max(0, now - since),
    patterns: members.map((member) => member.id),
    label,
    note: null,
    link: null,
    began: listBeginnings(members),
    changed,
  };
  for (const note of notes) noteOn(past, note);
  return past;
}

/** The last word on it is the one that is remembered. */
export function noteOn(past: PastEpisode, { text, link }: Mark): void {
  if (text !== undefined) past.note = text;
  if (link !== undefined) past.link = link;
}

/** Which past episodes had these patterns: the nearest first by what both have and in which order it came, then the latest. */
export function findSimilar(members: readonly { id: string }[], past: readonly PastEpisode[]): SeenBefore[] {
  const patterns = members.map(({ id }) => id);
  const ids = new Set(patterns);
  const alike = past
    .map((one) => ({ one, shared: one.patterns.filter((id) => ids.has(id)).length }))
    .filter(({ shared }) => shared > 0 && shared >= leastShare * members.length);
  if (alike.length === 0) return [];
  const weigh = weighPatterns(past);
  return alike
    .map(({ one, shared }) => ({ one, shared, nearness: scoreNearness({ patterns }, one, weigh) }))
    .sort((a, b) => b.nearness - a.nearness || b.one.at - a.one.at || (a.one.id < b.one.id ? -1 : 1))
    .slice(0, most)
    .map(({ one: { id, at, lasted, note, link }, shared }) => ({
      id,
      at: toIso(at),
      lasted_ms: lasted,
      patterns: shared,
      of: members.length,
      ...(note === null ? {} : { note }),
      ...(link === null ? {} : { link }),
    }));
}
