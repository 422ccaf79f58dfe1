import type { Json } from '../../event.ts';
import { CONST } from '../scan/shape.ts';
import { joinLineages } from '../templates/lineage.ts';
import type { MemoryOptions } from '../memoryOptions.ts';
import { measureSurplus } from './surplus.ts';
import { TemplateIndex, type Template } from '../templates/templateIndex.ts';
import type { Arrival } from '../patterns/foundPattern.ts';
import { lacksVector, type Topic } from './topic.ts';
import { joinTotals, mergeTotals } from './topicTotals.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { refoldTopics } from './refoldTopics.ts';
import { Topics, type Founding } from './topics.ts';
import type { TextVector } from './vectors.ts';
import { findPeriod } from '../classic/weights.ts';

/** Tombstones kept for each topic that may be held. */
const TOMBSTONES = 4;

type Saved = {
  index: Json;
  topics: Json;
};

/** Who keeps something by template, and must follow what happens to templates and topics. */
export interface TemplateFollower {
  /** `from` became part of `into`, which now belongs to `topic`. */
  onMerge(from: string, into: string, topic: Topic | undefined): void;
  onEvict(template: string): void;
  /** A topic is forgotten but for its tombstone. */
  onForget(topic: Topic): void;
  /** A topic was folded into another. */
  onFold(gone: Topic, heir: Topic): void;
  /** True for a topic that must stay: something is open for it. */
  holds(topic: Topic): boolean;
  /** True for a topic that has not been emitted yet. */
  isFresh(topic: Topic): boolean;
}

const nobody: TemplateFollower = {
  onMerge: () => undefined,
  onEvict: () => undefined,
  onForget: () => undefined,
  onFold: () => undefined,
  holds: () => false,
  isFresh: () => false,
};

/** The templates and topics of one group, kept in step: what happens to a template (merged, evicted) happens to its topic. */
export class GroupTopics {
  readonly index: TemplateIndex;
  topics: Topics;
  readonly #options: MemoryOptions;
  readonly #follower: TemplateFollower;

  constructor(group: string, options: MemoryOptions, follower: TemplateFollower = nobody) {
    this.#options = options;
    this.#follower = follower;
    const { mask, keep, freeze, maxTemplates } = options;
    this.index = new TemplateIndex({ group, limits: { maxTemplates }, mask, keep, freeze });
    this.topics = this.#startTopics();
  }

  /** The topic of a template that has none yet: `founding` is asked when it does not turn out to be known. */
  assign(template: Template, founding: () => Founding): { topic: Topic; arrival: Arrival } {
    // A merge may have moved the template's lines from a topic that is already there.
    this.settle();
    const known = this.topics.byTemplate.get(template.id);
    return known
      ? { topic: known, arrival: 'returns' }
      : this.topics.assign(template.id, listConstants(template), founding(), readKept(template));
  }

  /** Folds the templates of these patterns into topics anew, the oldest first. */
  refold(patterns: Iterable<Pattern>): void {
    const members = [...patterns]
      .toSorted((a, b) => a.born - b.born)
      .flatMap(({ id, first, last, total, level }) => {
        const template = this.index.get(id);
        return template ? [{ template: id, text: listConstants(template), kept: readKept(template), first, last, total, level }] : [];
      });
    const json = refoldTopics(this.topics, this.#startTopics(), members);
    this.topics = this.#startTopics();
    this.topics.load(json);
  }

  /** Texts whose vectors are lacking; given a space, those too whose vectors lie in another. */
  wants(space: string | null): string[] {
    return [...new Set(this.topics.unsettled(space).map(({ text }) => text))];
  }

  /** Vectors have come: new topics that turn out to mean the same as another are folded together, and returned. */
  takeVectors(vectors: readonly TextVector[]): Topic[] {
    const byText = new Map(
      vectors.map(({ text, vector, space }) => [
        text,
        { space, vector: vector instanceof Float32Array ? vector : Float32Array.from(vector) },
      ]),
    );
    const folded: Topic[] = [];
    for (const topic of [...this.topics.all()]) {
      const entry = byText.get(topic.text);
      if (!entry || (topic.space === entry.space && !lacksVector(topic))) continue;
      for (let near = this.topics.setVector(topic, entry.vector, entry.space); near;) {
        const [heir, gone] = near.born < topic.born ? [near, topic] : [topic, near];
        this.#merge(heir, gone, gone === topic && this.#follower.isFresh(gone));
        folded.push(gone);
        near = gone === topic ? undefined : this.topics.setVector(topic, entry.vector, entry.space);
      }
    }
    return folded;
  }

  /** Follows what happened to the templates: merged ones bring their topics together, evicted ones leave them. */
  settle(): void {
    for (const record of this.index.takeLineage()) {
      const pair = this.topics.mergeTemplates(record.from, record.into);
      if (pair) this.#merge(pair[0], pair[1]);
      const topic = this.topics.byTemplate.get(record.into);
      if (topic) topic.lineage = joinLineages(topic.lineage, [record]);
      this.#follower.onMerge(record.from, record.into, topic);
    }
    for (const { id } of this.index.takeEvicted()) {
      const bare = this.topics.evictTemplate(id);
      if (bare && !this.#follower.holds(bare)) this.#drop(bare);
      else this.#follower.onEvict(id);
    }
  }

  /** Forgets, at this event time, what has lost its weight and what is too much. */
  forget(time: number): void {
    const { periodMs, maxTopics } = this.#options;
    const held = (topic: Topic) => this.#follower.holds(topic);
    for (const topic of measureSurplus([...this.topics.all()], { period: findPeriod(time, periodMs), periodMs, maxTopics, held }))
      this.#drop(topic);
  }

  save(): Json {
    const saved: Saved = {
      index: this.index.save(),
      topics: this.topics.save(),
    };
    return saved;
  }

  load(json: Json): void {
    const saved = json as Saved;
    this.index.load(saved.index);
    this.topics.load(saved.topics);
  }

  #startTopics(): Topics {
    const { similarityThreshold, lexical, periodMs, maxTopics } = this.#options;
    return new Topics({ similarityThreshold, lexical, periodMs, maxTombstones: TOMBSTONES * maxTopics });
  }

  #drop(topic: Topic): void {
    this.#follower.onForget(topic);
    this.topics.forget(topic);
  }

  /** `fresh`: the one that goes was never emitted. */
  #merge(heir: Topic, gone: Topic, fresh = false): void {
    if (fresh) joinTotals(heir, gone, this.#options.periodMs);
    else mergeTotals(heir, gone);
    this.#follower.onFold(gone, heir);
    heir.lineage = joinLineages(heir.lineage, [
      ...gone.lineage,
      { merged: 'topic', from: gone.id, into: heir.id, at: Math.max(gone.last, heir.last) },
    ]);
    this.topics.replace(gone, heir, !fresh);
  }
}

/** What is constant in a template, as text. */
export function listConstants(template: Template): string {
  return template.texts.filter((_, i) => template.kinds[i]! <= CONST).join(' ');
}

/** What the user keeps apart in a template, as text. */
function readKept(template: Template): string {
  return template.texts.filter((_, i) => template.kinds[i]! < CONST).join(' ');
}
