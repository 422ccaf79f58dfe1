import { isoOf } from '../../event.ts';
import type { Blip, Exemplar, Slot } from '../../signal.ts';
import { exemplarsOf } from '../templates/exemplars.ts';
import type { Judgement } from './judge.ts';
import { labelOf, patternOf } from '../topics/label.ts';
import { lifecycleOf, temporalOf } from '../classic/lifecycle.ts';
import { slotsOf } from '../templates/slots.ts';
import type { TemplateIndex, Template } from '../templates/templateIndex.ts';
import type { Topic } from '../topics/topic.ts';
import { tierOf } from '../classic/weights.ts';

const EXEMPLARS = 3;

export interface BlipFrame {
  group: string;
  start: number;
  end: number;
  open: boolean;
  count: number;
  /** Event time the life-cycle is judged at. */
  now: number;
}

/** What a blip says of the topic itself, whatever the window. */
export type TopicFacts = Omit<
  Blip,
  'start' | 'end' | 'open' | 'count' | 'usual' | 'state' | 'level' | 'score' | 'bits' | 'why' | 'trend' | 'together'
>;

/** The record of one topic in one window. */
export function blipOf(topic: Topic, judged: Judgement, index: TemplateIndex, frame: BlipFrame): Blip {
  const { bits, score, state, level, usual, trend, why } = judged;
  const { topic_id, group_id, label, pattern, ...facts } = factsOf(topic, index, frame.group, frame.now);
  return {
    topic_id,
    group_id,
    label,
    pattern,
    start: isoOf(frame.start),
    end: isoOf(frame.end),
    open: frame.open,
    count: frame.count,
    usual,
    state,
    level,
    score,
    bits,
    why,
    trend,
    ...facts,
  };
}

/** What is known of a topic at an event time, milliseconds. */
export function factsOf(topic: Topic, index: TemplateIndex, group: string, now: number): TopicFacts {
  const templates = templatesOf(topic, index);
  const main = templates[0];
  const weight = topic.weight.weight;
  const pattern = main ? patternOf(main) : topic.text;
  return {
    topic_id: topic.id,
    group_id: group,
    label: main ? labelOf(main, pattern) : topic.text,
    pattern,
    templates: Math.max(1, templates.length),
    ...(topic.merged.length > 0 ? { merged: [...topic.merged] } : {}),
    first_seen: isoOf(topic.first),
    last_seen: isoOf(topic.last),
    total: topic.total,
    weight,
    tier: tierOf(weight),
    temporal: temporalOf(lifecycleOf(topic.first, now)),
    exemplars: exemplarsIn(templates),
    slots: main ? slotsOf(main) : ([] as Slot[]),
  };
}

/** The live templates of a topic, most lines first; the oldest of equals first. */
export function templatesOf(topic: Topic, index: TemplateIndex): Template[] {
  const live = new Set<Template>();
  for (const id of topic.templates) {
    const template = index.get(id);
    if (template) live.add(template);
  }
  return [...live].sort((a, b) => b.count - a.count || a.born - b.born);
}

/** First, middle and last over all templates of the topic, in order of time. */
function exemplarsIn(templates: readonly Template[]): Exemplar[] {
  const all = templates.slice(0, EXEMPLARS).flatMap(exemplarsOf);
  all.sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0));
  if (all.length <= EXEMPLARS) return all;
  return [all[0]!, all[all.length >> 1]!, all.at(-1)!];
}
