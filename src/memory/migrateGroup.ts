import { fromSaved, toSaved } from '../base/saved.ts';
import type { Json } from '../event.ts';
import type { SavedPattern } from './patterns/pattern.ts';
import { startPast } from './patterns/past.ts';
import { addGap, startGaps, type Gaps } from './rates/gaps.ts';
import type { GroupBaseline } from './rates/groupBaseline.ts';
import { startRate, type Rate } from './rates/rates.ts';
import { startVolume } from './rates/volume.ts';
import type { SavedTemplate } from './templates/template.ts';

/** Gaps that are taken for known of a pattern whose gaps were not kept. */
const GUESSED = 32;

/** A topic as it was saved while rates were kept by topic. */
interface OldTopic {
  id: string;
  born: number;
  templates: string[];
  merged?: string[];
  novelty: number;
  newPerWindow: number;
  level: number;
  rate: Rate;
  foundedIn: number;
  returnedIn: number | null;
  gone: boolean;
  window: number;
  trend: number[];
  past?: SavedPattern['past'];
}

interface OldGroup {
  baseline: Omit<GroupBaseline, 'traffic' | 'volume' | 'toTell' | 'trend'>;
  first_event: number | null;
  known: { index: { templates: SavedTemplate[] }; topics: { topics: OldTopic[] }; active: string[] };
  windows: { cells: [string, Json][] }[];
}

/**
 * A group's memory of the first version of the state, in which a topic had one rate, as one in which each template has
 * its own: a template takes the share of the rate that its lines are of its topic's, and the founding one the topic's
 * past and what windows are open for it.
 */
export function migrateGroup(state: Json): Json {
  const old = fromSaved<OldGroup>(structuredClone(state));
  const templates = new Map(old.known.index.templates.map((template) => [template.id, template]));
  const patterns: SavedPattern[] = [];
  const firsts = new Map<string, string>();
  const active = new Set(old.known.active);
  for (const topic of old.known.topics.topics) {
    const live = topic.templates.flatMap((id) => templates.get(id) ?? []);
    const lines = live.reduce((sum, { count }) => sum + count, 0);
    for (const template of live)
      patterns.push(computeShare(topic, template, template.count / lines, template === live[0], patterns.length));
    // Whose templates are all gone is held for an open window alone.
    const [first] = live;
    if (first) firsts.set(topic.id, first.id);
  }
  const saved = {
    ...old,
    baseline: { ...old.baseline, traffic: startRate(0), volume: startVolume(), toTell: 0, trend: [] },
    last_event: patterns.reduce<number | null>((most, { last }) => (most === null || last > most ? last : most), null),
    known: { index: old.known.index, topics: { ...old.known.topics, topics: old.known.topics.topics.map(withoutRate) } },
    windows: old.windows.map((window) => ({
      ...window,
      cells: window.cells.flatMap(([id, cell]) => (firsts.has(id) ? [[firsts.get(id)!, cell] as const] : [])),
    })),
    patterns: {
      born: patterns.length,
      patterns,
      active: patterns.filter(({ topic }) => active.has(topic)).map(({ id }) => id),
      leaving: [],
    },
  };
  return toSaved(saved);
}

/** What a topic keeps to itself. */
function withoutRate(topic: OldTopic): Json {
  const {
    novelty: _novelty,
    newPerWindow: _news,
    rate: _rate,
    foundedIn: _founded,
    returnedIn,
    gone: _gone,
    window: _window,
    trend: _trend,
    past: _past,
    ...rest
  } = topic;
  return toSaved({ ...rest, ...(returnedIn === null ? {} : { back: true }) });
}

function computeShare(topic: OldTopic, template: SavedTemplate, share: number, isFirst: boolean, born: number): SavedPattern {
  const gaps = guessGaps(template);
  const { rate, trend, novelty, newPerWindow, level, foundedIn, returnedIn, gone, window } = topic;
  return {
    id: template.id,
    topic: topic.id,
    born,
    merged: [],
    novelty,
    newPerWindow,
    first: template.seen[0],
    last: template.seen[1],
    total: template.count,
    level,
    gaps,
    missedAt: null,
    rate: { sum: rate.sum * share, squares: rate.squares * share * share, exposure: rate.exposure },
    foundedIn,
    returnedIn,
    gone,
    window,
    trend: trend.map((n) => Math.round(n * share)),
    past: (isFirst && topic.past) || startPast(),
  };
}

/** Gaps were not kept: as many as can be believed, as long as they were on the average. */
function guessGaps({ count, seen: [first, last] }: SavedTemplate): Gaps {
  const gaps = startGaps();
  for (let i = 1; i < Math.min(count, GUESSED); i++) addGap(gaps, (last - first) / (count - 1), last);
  return gaps;
}
