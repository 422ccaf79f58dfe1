import { readEvent } from '../codes/readEvent.ts';
import { toIso, type Event, type JsonObject } from '../../event.ts';
import type { Exemplar } from '../../signal.ts';
import { listTemplates } from '../judge/makeBlip.ts';
import { digest } from '../../base/digest.ts';
import { listExemplars } from '../templates/exemplars.ts';
import { GroupTopics } from '../topics/groupTopics.ts';
import { extractKeywords, makePattern } from '../topics/label.ts';
import { findLifecycle, findTemporalLabel, type Lifecycle, type Temporal } from './lifecycle.ts';
import { LEXICAL_THRESHOLD } from '../text/lexical.ts';
import type { Topic } from '../topics/topic.ts';
import { countEvent } from '../topics/topicTotals.ts';
import { DAY, findPeriod, findTier, type Tier } from './weights.ts';

export interface AnalyzeConfig {
  /** Cosine from which a template joins a topic. */
  similarityThreshold: number;
  /** Milliseconds of a period of the weight. */
  periodMs: number;
  maxTemplates: number;
  maxTopics: number;
}

export const defaultAnalyzeConfig: AnalyzeConfig = {
  similarityThreshold: LEXICAL_THRESHOLD,
  periodMs: DAY,
  maxTemplates: 4096,
  maxTopics: 4096,
};

/** One analysis of one group. */
export interface AnalysisRun extends JsonObject {
  /** Hash of group, configuration and last event: the same question has the same answer under the same name. */
  run_id: string;
  group_id: string;
  texts: number;
  config_hash: string;
  /** Id and time of the last event; null when there was none. */
  last_event: string | null;
  last_seen: string | null;
}

export interface AnalysisTopic {
  topic_id: string;
  run_id: string;
  group_id: string;
  label: string;
  pattern: string;
  weight: number;
  tier: Tier;
  temporal: Temporal;
  lifecycle: Lifecycle;
  /** Events that belong to it. */
  members: number;
  /** Clusters with the same label that this one stands for, itself included. */
  clusters: number;
  templates: number;
  keywords: string[];
  exemplars: Exemplar[];
  first_seen: string;
  last_seen: string;
}

export interface Analysis {
  run: AnalysisRun;
  topics: AnalysisTopic[];
}

const tiers: readonly Tier[] = ['hot', 'warm', 'cold'];
const temporals: readonly Temporal[] = ['new', 'trending', 'known'];

/**
 * The topics of a group's stored events: derived, reproducible, the same twice. Events are taken in (timestamp, id)
 * order, whatever order they come in; `now` (milliseconds) is the last event's time unless given.
 * Ranked by members, then tier, then temporal label; topics with the same label are one.
 */
export function analyze(group: string, events: Iterable<Event>, config: AnalyzeConfig = defaultAnalyzeConfig, now?: number): Analysis {
  const ordered = [...events].map((event) => ({ event, time: Date.parse(event.timestamp) }));
  ordered.sort((a, b) => a.time - b.time || (a.event.id < b.event.id ? -1 : a.event.id > b.event.id ? 1 : 0));
  const last = ordered.at(-1);
  const configHash = hexDigest(JSON.stringify(config));
  const runId = hexDigest([group, configHash, last?.event.id ?? ''].join('\n'));
  const run: AnalysisRun = {
    run_id: runId,
    group_id: group,
    texts: ordered.length,
    config_hash: configHash,
    last_event: last?.event.id ?? null,
    last_seen: last ? toIso(last.time) : null,
  };
  if (!last) return { run, topics: [] };
  const at = now ?? last.time;
  const known = learn(group, ordered, config, at);
  const topics = [...known.topics.all()].map((topic) => describe(topic, known, run, at));
  return { run, topics: mergeLabels(topics, at).sort(byRank) };
}

function learn(group: string, ordered: readonly { event: Event; time: number }[], config: AnalyzeConfig, now: number): GroupTopics {
  const { periodMs } = config;
  const options = { ...config, lexical: true, windowMs: periodMs, halfLifeMs: periodMs, earlyMs: 0, warmupMs: 0 };
  const known = new GroupTopics(group, options);
  let period = Number.NEGATIVE_INFINITY;
  for (const { event, time } of ordered) {
    if (findPeriod(time, periodMs) > period) {
      known.settle();
      known.forget(time);
      period = findPeriod(time, periodMs);
    }
    const template = known.index.learn(event.text, time, event.id, readEvent(event));
    if (!template) continue;
    const founding = () => ({ time, window: period, exposure: 0, novelty: 0, newPerWindow: 0 });
    const topic = known.topics.byTemplate.get(template.id) ?? known.assign(template, founding).topic;
    countEvent(topic, time, -1, periodMs);
  }
  known.settle();
  known.forget(now);
  return known;
}

function describe(topic: Topic, known: GroupTopics, run: AnalysisRun, now: number): AnalysisTopic {
  const [main] = listTemplates(topic, known.index);
  const keywords = main ? extractKeywords(main) : topic.words.slice(0, 2);
  const lifecycle = findLifecycle(topic.first, now);
  return {
    topic_id: topic.id,
    run_id: run.run_id,
    group_id: run.group_id,
    label: keywords.join(', ') || (main ? makePattern(main) : topic.text) || '(empty)',
    pattern: main ? makePattern(main) : topic.text,
    weight: topic.weight.weight,
    tier: findTier(topic.weight.weight),
    temporal: findTemporalLabel(lifecycle),
    lifecycle,
    members: topic.total,
    clusters: 1,
    templates: topic.templates.length,
    keywords,
    exemplars: main ? listExemplars(main) : [],
    first_seen: toIso(topic.first),
    last_seen: toIso(topic.last),
  };
}

/** One topic for each label: the largest gives its name, the counts are added, the oldest member decides the age. */
function mergeLabels(topics: readonly AnalysisTopic[], now: number): AnalysisTopic[] {
  const byLabel = new Map<string, AnalysisTopic>();
  for (const topic of [...topics].sort(byRank)) {
    const first = byLabel.get(topic.label);
    if (!first) {
      byLabel.set(topic.label, { ...topic });
      continue;
    }
    first.members += topic.members;
    first.clusters += 1;
    first.templates += topic.templates;
    first.weight = Math.max(first.weight, topic.weight);
    if (topic.first_seen < first.first_seen) first.first_seen = topic.first_seen;
    if (topic.last_seen > first.last_seen) first.last_seen = topic.last_seen;
    first.tier = findTier(first.weight);
    first.lifecycle = findLifecycle(Date.parse(first.first_seen), now);
    first.temporal = findTemporalLabel(first.lifecycle);
  }
  return [...byLabel.values()];
}

function byRank(a: AnalysisTopic, b: AnalysisTopic): number {
  return (
    b.members - a.members ||
    tiers.indexOf(a.tier) - tiers.indexOf(b.tier) ||
    temporals.indexOf(a.temporal) - temporals.indexOf(b.temporal) ||
    (a.label < b.label ? -1 : a.label > b.label ? 1 : 0) ||
    (a.topic_id < b.topic_id ? -1 : 1)
  );
}

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Twelve hex digits: the first 48 of the 50 bits that ten letters of a digest carry. */
function hexDigest(text: string): string {
  let bits = 0n;
  for (const letter of digest(text, 10)) bits = (bits << 5n) | BigInt(alphabet.indexOf(letter));
  return (bits >> 2n).toString(16).padStart(12, '0');
}
