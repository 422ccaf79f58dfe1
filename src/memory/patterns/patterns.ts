import { copyPlain } from '../copyPlain.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import { gravestWord } from '../text/severity.ts';
import type { TemplateFollower } from '../topics/groupTopics.ts';
import type { Topic } from '../topics/topic.ts';
import type { OpenWindows } from '../windows/openWindows.ts';
import { TREND, inOneShape, type Pattern, type SavedPattern } from './pattern.ts';
import { isFresh, isSilent, mergePatterns } from './patternHistory.ts';

/** Ids of templates that became part of a pattern that it names. */
const MERGED = 16;

interface Saved {
  born: number;
  patterns: SavedPattern[];
  active: string[];
  leaving: string[];
}

/**
 * The patterns of one group, kept in step with its templates: those that become one bring their patterns together, those
 * that are evicted take theirs with them.
 */
export class Patterns implements TemplateFollower {
  readonly #windows: OpenWindows;
  /** In windows. */
  readonly #halfLife: number;
  readonly #byTemplate = new Map<string, Pattern>();
  /** Patterns that can be missed: their trend is not all zero. */
  readonly #active = new Set<Pattern>();
  /** Templates that were evicted while a window was open for their pattern; null while none was. */
  #leaving: Set<string> | null = null;
  #born = 0;
  /** Changes whenever a template may lead to another pattern, or a pattern to another cell of an open window. */
  version = 0;

  constructor(windows: OpenWindows, halfLife: number) {
    this.#windows = windows;
    this.#halfLife = halfLife;
  }

  get active(): ReadonlySet<Pattern> {
    return this.#active;
  }

  get size(): number {
    return this.#byTemplate.size;
  }

  all(): Iterable<Pattern> {
    return this.#byTemplate.values();
  }

  get(template: string): Pattern | undefined {
    return this.#byTemplate.get(template);
  }

  /** Patterns whose absence is to be reported now although their trend is all zero; it is reported for as long as a trend shows. */
  missing(now: number, index: number): Pattern[] {
    const found: Pattern[] = [];
    for (const pattern of this.#byTemplate.values()) {
      if (pattern.missedAt === null || now < pattern.missedAt || this.#active.has(pattern)) continue;
      pattern.missedIn ??= index;
      if (index - pattern.missedIn < TREND) found.push(pattern);
    }
    return found;
  }

  /** The earliest event time at which an absence is to be reported that has not been; null when there is none. */
  nextMissed(): number | null {
    let next: number | null = null;
    for (const { missedAt, missedIn } of this.#byTemplate.values())
      if (missedAt !== null && missedIn === undefined && (next === null || missedAt < next)) next = missedAt;
    return next;
  }

  /** Those of one topic, the oldest first. */
  in(topic: Topic): Pattern[] {
    return topic.templates.flatMap((id) => this.#byTemplate.get(id) ?? []).sort((a, b) => a.born - b.born);
  }

  /** Takes in a pattern that was founded. */
  add(pattern: Omit<Pattern, 'born'>): Pattern {
    const added = inOneShape({ ...pattern, born: this.#born++ });
    this.#byTemplate.set(added.id, added);
    this.version += 1;
    return added;
  }

  /** A window was folded into the pattern: it can be missed for as long as its trend shows it. */
  folded(pattern: Pattern): void {
    if (isSilent(pattern)) this.#active.delete(pattern);
    else this.#active.add(pattern);
  }

  onMerge(from: string, into: string, topic: Topic | undefined): void {
    this.version += 1;
    const gone = this.#byTemplate.get(from);
    this.#byTemplate.delete(from);
    const heir = this.#byTemplate.get(into);
    if (gone && heir && gone !== heir) {
      mergePatterns(heir, gone, this.#halfLife);
      if (this.#active.delete(gone)) this.#active.add(heir);
      this.#windows.move(gone, heir);
    }
    const left = heir ?? gone;
    if (!left) return;
    left.merged = [...left.merged, ...(gone && gone !== left ? gone.merged : []), from].slice(-MERGED);
    left.id = into;
    this.#byTemplate.set(into, left);
    if (topic) left.topic = topic;
  }

  onEvict(template: string): void {
    const pattern = this.#byTemplate.get(template);
    if (!pattern) return;
    if (this.#windows.hold(pattern)) (this.#leaving ??= new Set()).add(template);
    else this.#drop(pattern);
  }

  /** Lets go of those whose template was evicted while a window was open for them; `isLive` says which have come back. */
  sweep(isLive: (template: string) => boolean): void {
    for (const id of this.#leaving ?? []) {
      const pattern = this.#byTemplate.get(id);
      if (pattern && this.#windows.hold(pattern)) continue;
      this.#leaving!.delete(id);
      if (pattern && !isLive(id)) this.#drop(pattern);
    }
  }

  onForget(topic: Topic): void {
    for (const pattern of this.in(topic)) this.#drop(pattern);
  }

  onFold(gone: Topic, heir: Topic): void {
    for (const pattern of this.in(gone)) pattern.topic = heir;
  }

  holds(topic: Topic): boolean {
    return topic.templates.some((id) => {
      const pattern = this.#byTemplate.get(id);
      return pattern !== undefined && this.#windows.hold(pattern);
    });
  }

  isFresh(topic: Topic): boolean {
    return this.in(topic).every(isFresh);
  }

  save(): Json {
    const saved: Saved = {
      born: this.#born,
      patterns: Array.from(this.#byTemplate.values(), savePattern),
      active: [...this.#active].map(({ id }) => id),
      leaving: [...(this.#leaving ?? [])],
    };
    return toSaved(saved);
  }

  /** `topicWith` finds a topic by its id, `textWith` what is constant in a template. */
  load(json: Json, topicWith: (id: string) => Topic, textWith: (template: string) => string | undefined): void {
    this.version += 1;
    const saved = fromSaved<Saved>(structuredClone(json));
    this.#born = saved.born;
    for (const { topic: id, ...rest } of saved.patterns) {
      const topic = topicWith(id);
      const pattern = { missedIn: undefined, hours: null, ...rest, topic, word: gravestWord(textWith(rest.id) ?? topic.text) };
      this.#byTemplate.set(rest.id, inOneShape(pattern));
    }
    this.#leaving = saved.leaving.length > 0 ? new Set(saved.leaving) : null;
    for (const id of saved.active) this.#active.add(this.#byTemplate.get(id)!);
  }

  #drop(pattern: Pattern): void {
    this.version += 1;
    this.#active.delete(pattern);
    this.#byTemplate.delete(pattern.id);
  }
}

const savePattern = ({ word: _word, topic, missedIn, hours, ...rest }: Pattern): SavedPattern =>
  copyPlain({ ...rest, ...(missedIn !== undefined && { missedIn }), ...(hours !== null && { hours }), topic: topic.id });
