import type { Json, JsonObject } from '../../event.ts';

/** Behind windows `ratio` times as long, episodes keep their members and ids, with their counts for such a window; how long they were calm is counted anew. */
export function rewindowEpisodes(state: Json, _options: unknown, ratio: number): Json {
  const { open, candidates, groups, ...rest } = state as JsonObject;
  const scale = (count: Json | undefined) => Number(count) * ratio;
  const member = (one: JsonObject): JsonObject => ({
    ...one,
    count: scale(one.count),
    before: scale(one.before),
    farthest: scale(one.farthest),
    settled: 0,
    width: Math.round(scale(one.width)),
  });
  return {
    ...rest,
    open: (open as JsonObject[]).map((episode) => ({ ...episode, clear: 0, members: (episode.members as JsonObject[]).map(member) })),
    candidates: (candidates as JsonObject[]).map(member),
    groups: (groups as [string, JsonObject][]).map(([name, group]): Json => [name, { ...group, windows: 0 }]),
    windows: [],
  };
}
