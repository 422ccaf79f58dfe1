import { fromSaved, toSaved } from '../../base/saved.ts';
import { digest } from '../../base/digest.ts';
import type { Arrival } from '../patterns/foundPattern.ts';
import { foundTopic, type Founding } from './foundTopic.ts';
import { Leaders, type Meaning } from './leaders.ts';
import { LEXICAL_MODEL, LEXICAL_THRESHOLD } from '../text/lexical.ts';
import { Tombstones } from './tombstones.ts';
import { loadTopic, saveTopic, makeTombstone, type Tombstone, type Topic } from './topic.ts';
import { Unsettled } from './unsettled.ts';
import { findPeriod } from '../classic/weights.ts';
import type { Json } from '../../event.ts';

/** Ids of folded topics that are remembered, and of a topic's templates that were evicted. */
const MERGED = 16;
const FORMER = 64;

export interface TopicsOptions {
  /** Cosine from which a template joins a topic. */
  similarityThreshold: number;
  /** Vectors are made here when true; else they are asked for, and topics join when they come. */
  lexical: boolean;
  /** Length of a weight's period, milliseconds. */
  periodMs: number;
  /** Tombstones kept; the oldest go first. */
  maxTombstones: number;
}

export type { Founding } from './foundTopic.ts';

/** The topics of one group: which template belongs to which, and what is kept of those that were forgotten. */
export class Topics {
  readonly byTemplate = new Map<string, Topic>();
  readonly #options: TopicsOptions;
  /** Null while no topic has lost a template. */
  #byFormer: Map<string, Topic> | null = null;
  readonly #all = new Map<string, Topic>();
  readonly #leaders = new Leaders();
  readonly #unsettled = new Unsettled();
  readonly #tombstones: Tombstones;
  #born = 0;
  /** Topics forgotten since the start. */
  forgotten = 0;

  constructor(options: TopicsOptions) {
    this.#options = options;
    this.#tombstones = new Tombstones(options.maxTombstones);
  }

  get size(): number {
    return this.#all.size;
  }

  get(id: string): Topic | undefined {
    return this.#all.get(id);
  }

  /** In founding order. */
  all(): Iterable<Topic> {
    return this.#all.values();
  }

  /** The topic a template that has none joins, or the one it founds. `text` is what is constant in it, `kept` what of it is kept apart. */
  assign(template: string, text: string, founding: Founding, kept?: string): { topic: Topic; arrival: Arrival } {
    const grave = this.#tombstones.get(template);
    if (grave) return { topic: this.#revive(grave, founding, this.#makeMeaning(text, kept)), arrival: 'returns' };
    const back = this.#byFormer?.get(template);
    if (back) return { topic: this.#takeBack(template, back), arrival: 'returns' };
    const meaning = this.#makeMeaning(text, kept);
    const near = meaning.space === null ? undefined : this.#leaders.nearest(meaning, this.#thresholdIn(meaning.space));
    if (near) {
      near.templates.push(template);
      this.byTemplate.set(template, near);
      return { topic: near, arrival: 'joins' };
    }
    const topic = this.#make(digest(`topic\n${template}`), [template], founding, meaning);
    return { topic, arrival: 'founds' };
  }

  /** Two templates turned out to be one. Returns the topics to fold together, the one that stays first, if any. */
  mergeTemplates(from: string, into: string): [Topic, Topic] | null {
    const source = this.byTemplate.get(from);
    const target = this.byTemplate.get(into);
    this.byTemplate.delete(from);
    if (!source) return null;
    source.templates = source.templates.filter((id) => id !== from);
    if (!target) {
      source.templates.push(into);
      this.byTemplate.set(into, source);
      return null;
    }
    if (source === target || source.templates.length > 0) return null;
    return source.born < target.born ? [source, target] : [target, source];
  }

  /** A template was evicted. Returns its topic when that has no other; then it is to be forgotten. */
  evictTemplate(template: string): Topic | null {
    const topic = this.byTemplate.get(template);
    if (!topic) return null;
    if (topic.templates.length === 1) return topic;
    this.byTemplate.delete(template);
    topic.templates = topic.templates.filter((id) => id !== template);
    this.#leaveFormer(topic, [...topic.former, template]);
    return null;
  }

  /** A topic is no more: its templates belong to `heir`, which answers to its id too where anybody has `seen` that. */
  replace(topic: Topic, heir: Topic, seen = true): void {
    if (seen) heir.merged = [...heir.merged, ...topic.merged, topic.id].slice(-MERGED);
    for (const id of topic.templates) {
      this.byTemplate.set(id, heir);
      if (!heir.templates.includes(id)) heir.templates.push(id);
    }
    this.#leaveFormer(heir, [...heir.former, ...topic.former]);
    this.#drop(topic);
  }

  /** Forgets a topic but for its tombstone. */
  forget(topic: Topic): void {
    for (const id of topic.templates) this.byTemplate.delete(id);
    this.#tombstones.set(makeTombstone(topic));
    this.#drop(topic);
    this.forgotten += 1;
  }

  /**
   * Topics whose vectors are lacking. Given a space, those too whose vector lies in another: a lexical one that stood
   * in, or one of the model before.
   */
  unsettled(space: string | null): Topic[] {
    return this.#unsettled.in(space, this.#all.values());
  }

  /**
   * Gives a topic a vector; its first may show that it is a topic already there, which is returned, and nothing is set.
   * One that had a vector before gets the new one in its place and stays what it is: people know its id by now.
   */
  setVector(topic: Topic, vector: Float32Array, space: string): Topic | undefined {
    const lexical = space === LEXICAL_MODEL;
    if (lexical && topic.vector) return undefined; // a stand-in is worse than what is there
    const first = topic.space === null && !topic.back;
    const near = first ? this.#leaders.nearest({ ...topic, vector, space }, this.#thresholdIn(space)) : undefined;
    if (near) return near;
    this.#leave(topic);
    Object.assign(topic, { vector: lexical ? null : vector, space });
    this.#enter(topic);
    return undefined;
  }

  save(): Json {
    return {
      born: this.#born,
      forgotten: this.forgotten,
      topics: [...this.#all.values()].map(saveTopic),
      tombstones: toSaved(this.#tombstones.save()),
    };
  }

  load(json: Json): void {
    const saved = fromSaved<{ born: number; forgotten: number; topics: Json[]; tombstones: [string, Tombstone][] }>(json);
    this.#born = saved.born;
    this.forgotten = saved.forgotten;
    this.#tombstones.load(saved.tombstones);
    for (const one of saved.topics) this.#add(loadTopic(one));
  }

  #revive(grave: Tombstone, founding: Founding, meaning: Meaning): Topic {
    this.#tombstones.delete(grave);
    const topic = this.#make(grave.id, grave.templates, founding, meaning);
    return Object.assign(topic, {
      first: grave.first,
      last: grave.last,
      total: grave.total,
      level: grave.level,
      back: true,
    });
  }

  #makeMeaning(text: string, kept?: string): Meaning {
    return { text, vector: null, space: this.#options.lexical ? LEXICAL_MODEL : null, ...(kept ? { kept } : {}) };
  }

  #make(id: string, templates: string[], founding: Founding, meaning: Meaning): Topic {
    const topic = foundTopic({
      id,
      born: this.#born++,
      templates,
      founding,
      meaning,
      period: findPeriod(founding.time, this.#options.periodMs),
    });
    this.#add(topic);
    return topic;
  }

  #add(topic: Topic): void {
    this.#all.set(topic.id, topic);
    for (const id of topic.templates) this.byTemplate.set(id, topic);
    for (const id of topic.former) (this.#byFormer ??= new Map()).set(id, topic);
    this.#enter(topic);
  }

  /** A template that was evicted is live again. */
  #takeBack(template: string, topic: Topic): Topic {
    this.#byFormer?.delete(template);
    topic.former = topic.former.filter((id) => id !== template);
    topic.templates.push(template);
    this.byTemplate.set(template, topic);
    return topic;
  }

  #leaveFormer(topic: Topic, ids: readonly string[]): void {
    for (const id of ids.slice(0, -FORMER)) this.#byFormer?.delete(id);
    topic.former = ids.slice(-FORMER);
    for (const id of topic.former) (this.#byFormer ??= new Map()).set(id, topic);
  }

  #drop(topic: Topic): void {
    for (const id of topic.former) if (this.#byFormer?.get(id) === topic) this.#byFormer.delete(id);
    this.#all.delete(topic.id);
    this.#leave(topic);
  }

  /** Lexical vectors that stand in are judged by the lexical threshold: cosines of another model lie elsewhere. */
  #thresholdIn(space: string): number {
    const { lexical, similarityThreshold } = this.#options;
    return space === LEXICAL_MODEL && !lexical ? LEXICAL_THRESHOLD : similarityThreshold;
  }

  #enter(topic: Topic): void {
    this.#leaders.add(topic);
    this.#unsettled.add(topic);
  }

  #leave(topic: Topic): void {
    this.#leaders.delete(topic);
    this.#unsettled.delete(topic);
  }
}
