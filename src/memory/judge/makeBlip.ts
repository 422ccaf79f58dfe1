import { isoOf } from '../../event.ts';
import type { Blip, Exemplar, Slot } from '../../signal.ts';
import { exemplarsOf } from '../templates/exemplars.ts';
import type { Judgement } from './judge.ts';
import { labelOf, patternOf } from '../topics/label.ts';
import { lifecycleOf, temporalOf } from '../classic/lifecycle.ts';
import { slotsOf } from '../templates/slots.ts';
import type { TemplateIndex, Template } from '../templates/templateIndex.ts';
import type { Pattern } from '../patterns/pattern.ts';
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

/** What is said of a topic itself, whatever the window. */
export type TopicFacts = Omit<
  Blip,
  | 'template_id'
  | 'members'
  | 'start'
  | 'end'
  | 'open'
  | 'count'
  | 'usual'
  | 'state'
  | 'level'
  | 'score'
  | 'bits'
  | 'why'
  | 'trend'
  | 'together'
>;

/** The record of one pattern in one window. */
export function blipOf(pattern: Pattern, judged: Judgement, index: TemplateIndex, frame: BlipFrame): Blip {
  const { bits, score, state, level, usual, trend, why } = judged;
  const { topic } = pattern;
  const template = index.get(pattern.id);
  const text = template ? patternOf(template) : topic.text;
  const merged = [...topic.merged, ...pattern.merged];
  return {
    template_id: pattern.id,
    topic_id: topic.id,
    group_id: frame.group,
    label: template ? labelOf(template, text) : topic.text,
    pattern: text,
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
    templates: Math.max(1, topic.templates.length),
    ...(merged.length > 0 ? { merged } : {}),
    first_seen: isoOf(pattern.first),
    last_seen: isoOf(pattern.last),
    total: pattern.total,
    ...classicFacts(topic, frame.now),
    exemplars: template ? exemplarsOf(template) : [],
    slots: template ? slotsOf(template) : [],
  };
}

/** What is known of a topic at an event time, milliseconds. */
export function factsOf(topic: Topic, index: TemplateIndex, group: string, now: number): TopicFacts {
  const templates = templatesOf(topic, index);
  const main = templates[0];
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
    ...classicFacts(topic, now),
    exemplars: exemplarsIn(templates),
    slots: main ? slotsOf(main) : ([] as Slot[]),
  };
}

/** Weight, tier and temporal label: by topic, over all its templates. */
function classicFacts({ weight: { weight }, first }: Topic, now: number): Pick<Blip, 'weight' | 'tier' | 'temporal'> {
  return { weight, tier: tierOf(weight), temporal: temporalOf(lifecycleOf(first, now)) };
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
