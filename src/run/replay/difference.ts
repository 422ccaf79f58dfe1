import type { Radar } from '../../signal.ts';

/** How a pattern stood in a run at its best. */
export interface Standing {
  group_id: string;
  label: string;
  score: number;
  /** Among all patterns of the run, from 1. */
  rank: number;
  /** Start of the window, ISO 8601 UTC. */
  start: string;
}

export interface Difference {
  fresh: Standing[];
  gone: Standing[];
  moved: { before: Standing; after: Standing }[];
  same: number;
}

/** Points of score, or places, from which a pattern counts as moved. */
const leastScore = 5;
const leastPlaces = 3;

/** The best standing of each pattern over the radars of a run. */
export function standings(radars: Iterable<Radar>): Standing[] {
  const best = new Map<string, Omit<Standing, 'rank'>>();
  for (const { blips, start, open } of radars) {
    if (open) continue;
    for (const { group_id, label, score } of blips) {
      const key = `${group_id}\0${label}`;
      if (score > (best.get(key)?.score ?? -1)) best.set(key, { group_id, label, score, start });
    }
  }
  const ranked = [...best.values()].toSorted((a, b) => b.score - a.score || (a.label < b.label ? -1 : 1));
  return ranked.map((standing, i) => ({ ...standing, rank: i + 1 }));
}

/** What another run over the same records has that is new, gone or ranked otherwise. */
export function difference(before: readonly Standing[], after: readonly Standing[]): Difference {
  const standingKey = ({ group_id, label }: Standing) => `${group_id}\0${label}`;
  const old = new Map(before.map((s) => [standingKey(s), s]));
  const now = new Set(after.map(standingKey));
  const pairs = after.flatMap((one) => (old.has(standingKey(one)) ? [{ before: old.get(standingKey(one))!, after: one }] : []));
  const moved = pairs.filter(
    ({ before: b, after: a }) => Math.abs(a.score - b.score) >= leastScore || Math.abs(a.rank - b.rank) >= leastPlaces,
  );
  return {
    fresh: after.filter((s) => !old.has(standingKey(s))),
    gone: before.filter((s) => !now.has(standingKey(s))),
    moved,
    same: pairs.length - moved.length,
  };
}
