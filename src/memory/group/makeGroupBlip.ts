import { toIso, type JsonObject } from '../../event.ts';
import type { Blip } from '../../signal.ts';
import type { Circumstances, Judgement } from '../judge/judge.ts';
import { makeBlip } from '../judge/makeBlip.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { listFields, mergeFacets } from '../windows/facets.ts';
import type { OpenWindow } from '../windows/window.ts';
import type { GroupState } from './groupState.ts';

export type EmitBlip = (blip: Blip, time: number) => void;

/** The blip of a pattern of a group: what was judged, whether the group is still learning, and which groups it stands for. */
export function makeGroupBlip(
  state: GroupState,
  pattern: Pattern,
  judged: Judgement,
  { window, count, now, open }: { window: OpenWindow; count: number } & Pick<Circumstances, 'now' | 'open'>,
): Blip {
  const learning = describeLearning(state, now, window.index);
  if (learning) judged.why.learning = learning;
  const blip = makeBlip(pattern, judged, state.known.index, {
    group: state.group,
    start: state.findStart(window),
    end: state.findEnd(window),
    open,
    count,
    now,
    fields: judged.state === 'steady' ? [] : listFields(window.cells.get(pattern)?.facets, mergeFacets(window.facets, state.others)),
  });
  return state.groups
    ? { ...blip, from: { ...(pattern.from !== undefined && { group: pattern.from }), groups: state.groups.count } }
    : blip;
}

/** How far it has learned what there is, or how its windows are since they were changed; null when it has. */
function describeLearning(state: GroupState, now: number, index: number): JsonObject | null {
  const learned = now - state.firstEvent!;
  const { warmupMs, windowMs } = state.options;
  if (learned < warmupMs) return { learned_ms: learned, warmup_ms: warmupMs };
  if (!state.changed) return null;
  const { at, until } = state.changed;
  if (index >= until) state.changed = null;
  return { learned_ms: Math.max(0, now - at), warmup_ms: (until + 1) * windowMs - at, changed: toIso(at) };
}
