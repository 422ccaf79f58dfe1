import { copyPlain } from '../copyPlain.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import { Distinct } from '../../kernel/distinct.ts';
import type { MemoryOptions } from '../memoryOptions.ts';
import type { SavedGroup } from '../savedGroup.ts';
import { listConstants } from '../topics/groupTopics.ts';
import { GroupState } from './groupState.ts';

/** A group's memory as plain JSON. */
export function saveGroup(state: GroupState): Json {
  const saved: SavedGroup = {
    group: state.group,
    known: state.known.save(),
    patterns: state.patterns.save(),
    windows: state.windows.save(),
    closed: state.closed,
    early: state.early,
    series: state.series.save(),
    baseline: copyPlain(state.baseline),
    first_event: state.firstEvent,
    last_event: state.lastEvent,
    ...(state.others && { others: copyPlain(state.others) }),
    late: state.late,
    events: state.events,
    ...(state.groups && { groups: state.groups.save() }),
    ...(state.changed && { changed: { ...state.changed } }),
    ...(state.partial.length > 0 && { partial: copyPlain([...state.partial]) }),
    ...(state.reforming && { reforming: { until: state.reforming.until, ids: [...state.reforming.ids] } }),
  };
  return toSaved(saved);
}

/** What was saved, with options of this run. */
export function loadGroup(json: Json, options: MemoryOptions): GroupState {
  const saved = fromSaved<SavedGroup>(json);
  const state = new GroupState(saved.group, options);
  state.known.load(saved.known);
  state.patterns.load(
    saved.patterns,
    (id) => state.known.topics.get(id)!,
    (id) => {
      const template = state.known.index.get(id);
      return template && listConstants(template);
    },
  );
  state.windows.load(saved.windows, (id) => state.patterns.get(id)!);
  state.series.load(saved.series);
  state.closed = saved.closed;
  state.early = saved.early;
  state.baseline = structuredClone(saved.baseline);
  state.firstEvent = saved.first_event;
  state.lastEvent = saved.last_event;
  state.others = structuredClone(saved.others);
  state.late = saved.late;
  state.events = saved.events;
  if (saved.groups) (state.groups = new Distinct()).load(saved.groups);
  state.changed = saved.changed ?? null;
  state.partial = saved.partial ?? [];
  state.reforming = saved.reforming ? { until: saved.reforming.until, ids: new Set(saved.reforming.ids) } : null;
  if (saved.refold) refoldTopics(state);
  return state;
}

/** Folds what is known into topics anew, and lets each pattern know its own. */
function refoldTopics({ known, patterns }: GroupState): void {
  known.refold(patterns.all());
  for (const pattern of patterns.all()) pattern.topic = known.topics.byTemplate.get(pattern.id) ?? pattern.topic;
}
