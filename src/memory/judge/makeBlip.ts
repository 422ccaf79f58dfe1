import { toIso } from '../../event.ts';
import type { Blip, BlipField, Exemplar, Slot } from '../../signal.ts';
import { listExemplars } from '../templates/exemplars.ts';
import type { Judgement } from './judge.ts';
import { makeLabel, makePattern } from '../topics/label.ts';
import { findLifecycle, findTemporalLabel } from '../classic/lifecycle.ts';
import { listSlots } from '../templates/slots.ts';
import type { TemplateIndex, Template } from '../templates/templateIndex.ts';
import type { Pattern } from '../patterns/pattern.ts';
import type { Topic } from '../topics/topic.ts';
import { findTier } from '../classic/weights.ts';

const EXEMPLARS = 3;

export interface BlipFrame {
  group: string;
  start: number;
  end: number;
  open: boolean;
  count: number;
  /** Event time the life-cycle is judged at. */
  now: number;
  fields: BlipField[];
}

/** What is reported of a topic itself, whatever the window. */
export type TopicFacts = Omit<
  Blip,
  | 'template_id'
  | 'members'
  | 'fields'
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
export function makeBlip(pattern: Pattern, judged: Judgement, index: TemplateIndex, frame: BlipFrame): Blip {
  const { bits, score, state, level, usual, trend, why } = judged;
  const { topic } = pattern;
  const template = index.get(pattern.id);
  const text = template ? makePattern(template) : topic.text;
  const merged = [...topic.merged, ...pattern.merged];
  return {
    template_id: pattern.id,
    topic_id: topic.id,
    group_id: frame.group,
    label: template ? makeLabel(template, text) : topic.text,
    pattern: text,
    start: toIso(frame.start),
    end: toIso(frame.end),
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
    first_seen: toIso(pattern.first),
    last_seen: toIso(pattern.last),
    total: pattern.total,
    ...classicFacts(topic, frame.now),
    exemplars: template ? listExemplars(template) : [],
    slots: template ? listSlots(template) : [],
    ...(frame.fields.length > 0 ? { fields: frame.fields } : {}),
  };
}

/** What is known of a topic at an event time, milliseconds. */
export function listFacts(topic: Topic, index: TemplateIndex, group: string, now: number): TopicFacts {
  const templates = listTemplates(topic, index);
  const main = templates[0];
  const pattern = main ? makePattern(main) : topic.text;
  return {
    topic_id: topic.id,
    group_id: group,
    label: main ? makeLabel(main, pattern) : topic.text,
    pattern,
    templates: Math.max(1, templates.length),
    ...(topic.merged.length > 0 ? { merged: [...topic.merged] } : {}),
    first_seen: toIso(topic.first),
    last_seen: toIso(topic.last),
    total: topic.total,
    ...classicFacts(topic, now),
    exemplars: exemplarsIn(templates),
    slots: main ? listSlots(main) : ([] as Slot[]),
  };
}

/** Weight, tier and temporal label: by topic, over all its templates. */
function classicFacts({ weight: { weight }, first }: Topic, now: number): Pick<Blip, 'weight' | 'tier' | 'temporal'> {
  return { weight, tier: findTier(weight), temporal: findTemporalLabel(findLifecycle(first, now)) };
}

/** The live templates of a topic, most lines first; the oldest of equals first. */
export function listTemplates(topic: Topic, index: TemplateIndex): Template[] {
  const live = new Set<Template>();
  for (const id of topic.templates) {
    const template = index.get(id);
    if (template) live.add(template);
  }
  return [...live].sort((a, b) => b.count - a.count || a.born - b.born);
}

/** First, middle and last over all templates of the topic, in order of time. */
function exemplarsIn(templates: readonly Template[]): Exemplar[] {
  const all = templates.slice(0, EXEMPLARS).flatMap(listExemplars);
  all.sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0));
  if (all.length <= EXEMPLARS) return all;
  return [all[0]!, all[all.length >> 1]!, all.at(-1)!];
}
