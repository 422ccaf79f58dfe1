import type { ContextResult } from './contextResult.ts';

/** Ids of what else moved. */
export const listBesideIds = ({ same_minutes: minutes }: Pick<ContextResult, 'same_minutes'>): string[] =>
  Object.values(minutes ?? {}).flatMap((list) => list.flatMap(({ topic_id: id }) => id ?? []));

/** Ids of all patterns and episodes that a context names. */
export const listContextIds = (context: Pick<ContextResult, 'nearest' | 'same_minutes' | 'usually_before' | 'past_episodes'>): string[] => [
  ...context.nearest.map(({ topic_id: id }) => id),
  ...listBesideIds(context),
  ...(context.usually_before ?? []).map(({ topic_id: id }) => id),
  ...(context.past_episodes ?? []).map(({ id }) => id),
];
