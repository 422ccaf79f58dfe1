import type { Json, JsonObject } from '../../event.ts';

/** Version 2 calls what an episode last emitted, and when, by other names. */
export function migrateEpisodes(state: Json): Json {
  const { open, ...others } = state as JsonObject;
  const renamed = (open as JsonObject[]).map(({ told: emitted, said: summary, ...episode }): JsonObject => ({
    ...episode,
    emitted: emitted!,
    summary: summary!,
  }));
  return { ...others, open: renamed };
}
