import { fromSaved, toSaved } from '../base/saved.ts';
import type { Json } from '../event.ts';
import type { OptionChange } from '../kernel/optionChange.ts';
import { LEARNING_WINDOWS, rewindowGroup } from './rewindowGroup.ts';
import type { SavedGroup } from './savedGroup.ts';

/** The options by which topics are told apart, and those by which a line gets its template. */
const ofTopics = ['embedder', 'similarityThreshold'];
const ofTokens = ['mask', 'keep'];

/**
 * A group's saved memory with other options. Its templates stay in any case, with their weights, exemplars and gaps. Other
 * windows: see `rewindowGroup`. Another embedder or threshold: its topics are folded anew when it is loaded. Other masks:
 * for twelve windows a template is no news where one of before would have taken the line. Null where the state is of
 * windows whose length nobody knows any more.
 */
export function convertGroup(state: Json, { names, before, after, time }: OptionChange): Json | null {
  let group = fromSaved<SavedGroup>(state);
  const windowMs = Number(after['window']);
  const now = Math.max(time ?? Number.NEGATIVE_INFINITY, group.last_event ?? Number.NEGATIVE_INFINITY);
  if (names.includes('window')) {
    if (typeof before['window'] !== 'number') return null;
    group = rewindowGroup(group, { from: before['window'], to: windowMs, now });
  }
  if (names.includes('period')) {
    if (typeof before['period'] !== 'number') return null;
    group = withPeriod(group, before['period'] / Number(after['period']));
  }
  if (names.some((name) => ofTopics.includes(name))) group = { ...group, refold: true };
  if (names.some((name) => ofTokens.includes(name))) {
    const closed = group.closed ?? Math.floor(now / windowMs);
    const ids = (group.known as { index: { templates: { id: string }[] } }).index.templates.map(({ id }) => id);
    group = { ...group, reforming: { until: closed + LEARNING_WINDOWS + 1, ids } };
  }
  return toSaved(group);
}

/** Weights by periods of another length: they stay, and so does when each was founded and seen. */
function withPeriod(group: SavedGroup, ratio: number): SavedGroup {
  const known = structuredClone(group.known) as { topics: { topics: { weight: Record<string, number> }[] } };
  for (const { weight } of known.topics.topics)
    for (const name of ['period', 'founded', 'seen']) weight[name] = Math.floor(weight[name]! * ratio);
  return { ...group, known: toSaved(known) };
}
