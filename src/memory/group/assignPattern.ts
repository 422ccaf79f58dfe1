import { asNoNews, foundPattern, isKnownFor } from '../patterns/foundPattern.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { newPerWindow, scoreNovelty } from '../rates/novelty.ts';
import { couldTake } from '../templates/couldTake.ts';
import type { Template } from '../templates/templateIndex.ts';
import { listConstants } from '../topics/groupTopics.ts';
import type { OpenWindow } from '../windows/window.ts';
import type { GroupState } from './groupState.ts';

/** The pattern of a template that has none yet: it joins a topic or founds one, and counts as news of its window if it is. */
export function assignPattern(state: GroupState, template: Template, text: string, time: number, window: OpenWindow | null): Pattern {
  const { exposure, novelty } = state.baseline;
  const founding = {
    time,
    window: window?.index ?? state.indexOf(time),
    exposure,
    novelty: scoreNovelty(novelty),
    newPerWindow: newPerWindow(novelty),
  };
  const { topic, arrival } = state.known.assign(template, () => founding);
  // A merge may have moved the template's lines to a pattern that is already there.
  const known = state.patterns.get(template.id);
  if (known) return known;
  if (arrival === 'founds' || (arrival === 'joins' && !isKnownFor(topic, time))) {
    novelty.founded += 1;
    if (window) window.founded += 1;
  }
  const founded = foundPattern({ template: template.id, text: listConstants(template), topic, arrival }, founding);
  if (state.groups && state.origin !== state.group) founded.from = state.origin;
  return state.patterns.add(reforms(state, text, founding.window) ? asNoNews(founded) : founded);
}

/** Whether a line that founds a template is one that a template of before the masks were changed would have taken. */
function reforms(state: GroupState, text: string, window: number): boolean {
  if (!state.reforming) return false;
  if (window > state.reforming.until) state.reforming = null;
  for (const id of state.reforming?.ids ?? []) {
    const known = state.known.index.get(id);
    if (known && couldTake(known, text)) return true;
  }
  return false;
}
