import type { Event, Json } from '../event.ts';
import type { Blip } from '../signal.ts';
import { blipOf } from './blipOf.ts';
import { isWorthTelling, loudAt } from './early.ts';
import { startBaseline, foldBaseline, skipBaseline, type GroupBaseline } from './groupBaseline.ts';
import { judge, type Circumstances, type Judgement } from './judge.ts';
import { levelRankOf } from './levelRank.ts';
import type { MemoryOptions } from './memoryOptions.ts';
import { newPerWindow, noveltyOf } from './novelty.ts';
import { OpenWindows } from './openWindows.ts';
import { surplusOf } from './surplus.ts';
import { TemplateIndex, type Template } from './templates.ts';
import type { Topic } from './topic.ts';
import { catchUp, foldWindow, isSilent, mergeHistory } from './topicHistory.ts';
import { Topics } from './topics.ts';
import type { TextVector } from './vectors.ts';
import { addToWeight, closePeriods, periodOf } from './weights.ts';
import { addToCell, addToWindow, openCell, type Cell, type OpenWindow } from './window.ts';

export type EmitBlip = (blip: Blip, time: number) => void;

interface Saved {
  group: string;
  index: Json;
  topics: Json;
  windows: Json;
  closed: number | null;
  early: number | null;
  baseline: GroupBaseline;
  first_event: number | null;
  active: string[];
  late: number;
  events: number;
}

/** The memory of one group: templates, topics, baselines and the windows that are open. No clock: time is given. */
export class GroupMemory {
  readonly group: string;
  readonly index: TemplateIndex;
  readonly topics: Topics;
  readonly #options: MemoryOptions;
  /** In windows. */
  readonly #halfLife: number;
  readonly #windows = new OpenWindows();
  /** Index of the last closed window. */
  #closed: number | null = null;
  /** Event time of the next early result. */
  #early: number | null = null;
  #baseline = startBaseline();
  #firstEvent: number | null = null;
  /** Topics that can be missed: their trend is not all zero. */
  #active = new Set<Topic>();
  /** Events that came after their window had closed. */
  late = 0;
  events = 0;

  constructor(group: string, options: MemoryOptions) {
    this.group = group;
    this.#options = options;
    this.#halfLife = options.halfLifeMs / options.windowMs;
    this.index = new TemplateIndex({ group, limits: { maxTemplates: options.maxTemplates } });
    const { similarityThreshold, lexical, periodMs, maxTopics } = options;
    this.topics = new Topics({ similarityThreshold, lexical, periodMs, maxTombstones: maxTopics });
  }

  /** True when the window of this event time has been closed. */
  isLate(time: number): boolean {
    return this.#closed !== null && Math.floor(time / this.#options.windowMs) <= this.#closed;
  }

  /** Takes one event. One that is late is learned and counted, but in no window. */
  observe(event: Event, time: number): void {
    this.events += 1;
    const template = this.index.learn(event.text, time, event.id);
    if (!template) return;
    if (this.#firstEvent === null || time < this.#firstEvent) this.#firstEvent = time;
    const window = this.isLate(time) ? null : this.#windows.at(Math.floor(time / this.#options.windowMs));
    const topic = this.topics.byTemplate.get(template.id) ?? this.#assign(template, time, window);
    const level = levelRankOf(event.metadata.level);
    topic.total += 1;
    if (time > topic.last) topic.last = time;
    if (time < topic.first) topic.first = time;
    if (level > topic.level) topic.level = level;
    addToWeight(topic.weight, time, this.#options.periodMs);
    this.#baseline.novelty.events += 1;
    if (!window) {
      this.late += 1;
      return;
    }
    addToWindow(window, time, level);
    const cell = window.cells.get(topic) ?? this.#openCell(topic, time, window);
    addToCell(cell, time, level);
    if (cell.count >= cell.loudAt) this.#callEarly(cell, time);
  }

  /** Texts whose vectors are lacking. */
  wants(): string[] {
    if (this.#options.lexical) return [];
    const texts = new Set<string>();
    for (const topic of this.topics.all()) if (!topic.vector && topic.words.length > 0) texts.add(topic.text);
    return [...texts];
  }

  /** Vectors have come: topics that turn out to mean the same are folded together. */
  takeVectors(vectors: readonly TextVector[]): void {
    const byText = new Map(vectors.map((entry) => [entry.text, entry]));
    for (const topic of [...this.topics.all()]) {
      const entry = topic.vector ? undefined : byText.get(topic.text);
      const heir = entry && this.topics.setVector(topic, Float32Array.from(entry.vector), entry.space);
      if (heir) this.#merge(heir, topic);
    }
  }

  /** Event time at which something falls due; null when nothing does. */
  due(): number | null {
    const { first } = this.#windows;
    if (!first) return null;
    const end = this.#endOf(first);
    return this.#early !== null && this.#early < end ? this.#early : end;
  }

  /** That time has come: early results, or the close of a window. */
  tick(time: number, emit: EmitBlip): void {
    const { first } = this.#windows;
    if (!first) return;
    this.#settle();
    if (time < this.#endOf(first)) this.#tellEarly(first, time, emit);
    else this.#close(1, emit);
    if (!this.#windows.first && this.#active.size > 0) this.#windows.at(first.index + 1);
  }

  /** The input is complete: closes the open windows at the last event seen. */
  end(emit: EmitBlip): void {
    this.#settle();
    for (let window = this.#windows.first; window; window = this.#windows.first) {
      if (window.last === null) this.#windows.shift();
      else this.#close((window.last + 1 - this.#startOf(window)) / this.#options.windowMs, emit);
    }
  }

  save(): Json {
    const saved: Saved = {
      group: this.group,
      index: this.index.save(),
      topics: this.topics.save(),
      windows: this.#windows.save(),
      closed: this.#closed,
      early: this.#early,
      baseline: structuredClone(this.#baseline),
      first_event: this.#firstEvent,
      active: [...this.#active].map((topic) => topic.id),
      late: this.late,
      events: this.events,
    };
    return saved as unknown as Json;
  }

  static load(json: Json, options: MemoryOptions): GroupMemory {
    const saved = json as unknown as Saved;
    const memory = new GroupMemory(saved.group, options);
    memory.index.load(saved.index);
    memory.topics.load(saved.topics);
    const topicOf = (id: string) => memory.topics.get(id)!;
    memory.#windows.load(saved.windows, topicOf);
    memory.#closed = saved.closed;
    memory.#early = saved.early;
    memory.#baseline = structuredClone(saved.baseline);
    memory.#firstEvent = saved.first_event;
    memory.#active = new Set(saved.active.map(topicOf));
    memory.late = saved.late;
    memory.events = saved.events;
    return memory;
  }

  #startOf(window: OpenWindow): number {
    return window.index * this.#options.windowMs;
  }

  #endOf(window: OpenWindow): number {
    return (window.index + 1) * this.#options.windowMs;
  }

  #assign(template: Template, time: number, window: OpenWindow | null): Topic {
    // A merge may have moved the template's lines from a topic that is already there.
    this.#settle();
    const known = this.topics.byTemplate.get(template.id);
    if (known) return known;
    const { exposure, novelty } = this.#baseline;
    const index = window?.index ?? Math.floor(time / this.#options.windowMs);
    const founding = { time, window: index, exposure, novelty: noveltyOf(novelty), newPerWindow: newPerWindow(novelty) };
    const { topic, founded } = this.topics.assign(template.id, constantsOf(template), founding);
    if (founded) {
      novelty.founded += 1;
      if (window) window.founded += 1;
    }
    return topic;
  }

  #openCell(topic: Topic, time: number, window: OpenWindow): Cell {
    catchUp(topic, window.index, this.#halfLife);
    const cell = openCell(time, this.#options.earlyMs > 0 ? loudAt(topic, window.index) : Number.POSITIVE_INFINITY);
    window.cells.set(topic, cell);
    return cell;
  }

  #callEarly(cell: Cell, time: number): void {
    cell.loudAt = cell.count * 2;
    const { earlyMs } = this.#options;
    this.#early ??= (Math.floor(time / earlyMs) + 1) * earlyMs;
  }

  #tellEarly(window: OpenWindow, time: number, emit: EmitBlip): void {
    this.#early = null;
    const at = this.#circumstances(window, time, (time - this.#startOf(window)) / this.#options.windowMs, true);
    for (const [topic, cell] of window.cells) {
      const judged = judge(topic, cell, at);
      if (!isWorthTelling(judged, cell)) continue;
      cell.told = judged.score;
      emit(this.#blip(topic, judged, window, cell.count, at), time);
    }
  }

  /** Closes the earliest window, of which `share` has passed. */
  #close(share: number, emit: EmitBlip): void {
    const window = this.#windows.shift()!;
    const end = this.#endOf(window);
    const isFirst = this.#closed === null;
    const exposure = isFirst ? this.#sinceFirst(window, share) : share;
    if (!isFirst && window.index - 1 > this.#closed!) skipBaseline(this.#baseline, window.index - 1 - this.#closed!, this.#halfLife);
    const at = this.#circumstances(window, end, exposure, false);
    const concerned = [...new Set([...this.#active, ...window.cells.keys()])].sort((a, b) => a.born - b.born);
    for (const topic of concerned) this.#closeTopic(topic, window, at, emit);
    foldBaseline(this.#baseline, window, exposure, isFirst, this.#halfLife);
    this.#closed = window.index;
    if (this.#early !== null && (this.#early <= end || !this.#windows.first)) this.#early = null;
    const { periodMs, maxTopics } = this.#options;
    const held = (topic: Topic) => this.#windows.hold(topic);
    for (const topic of surplusOf(this.topics.all(), { period: periodOf(end, periodMs), periodMs, maxTopics, held })) this.#drop(topic);
  }

  #closeTopic(topic: Topic, window: OpenWindow, at: Circumstances, emit: EmitBlip): void {
    catchUp(topic, window.index, this.#halfLife);
    closePeriods(topic.weight, periodOf(at.now, this.#options.periodMs), this.#options.periodMs);
    const cell = window.cells.get(topic) ?? null;
    const count = cell?.count ?? 0;
    const judged = judge(topic, cell, at);
    if (judged.state === 'gone') topic.gone = true;
    if (judged.state === 'returning' && (topic.returnedIn === null || topic.gone)) topic.returnedIn = window.index;
    if (cell || judged.state === 'gone') emit(this.#blip(topic, judged, window, count, at), at.now);
    foldWindow(topic, window.index, count, at.exposure, this.#halfLife);
    if (isSilent(topic)) this.#active.delete(topic);
    else this.#active.add(topic);
  }

  /** A group's first window is watched from its first event on. */
  #sinceFirst(window: OpenWindow, share: number): number {
    const before = window.first === null ? 0 : window.first - this.#startOf(window);
    return Math.max(1 / this.#options.windowMs, share - before / this.#options.windowMs);
  }

  #circumstances(window: OpenWindow, now: number, exposure: number, open: boolean): Circumstances {
    return { windowMs: this.#options.windowMs, index: window.index, now, exposure, open, levels: this.#baseline.levels };
  }

  #blip(topic: Topic, judged: Judgement, window: OpenWindow, count: number, { now, open }: Circumstances): Blip {
    const learned = now - this.#firstEvent!;
    const { warmupMs } = this.#options;
    if (learned < warmupMs) judged.why.learning = { learned_ms: learned, warmup_ms: warmupMs };
    return blipOf(topic, judged, this.index, { group: this.group, start: this.#startOf(window), end: this.#endOf(window), open, count, now });
  }

  #drop(topic: Topic): void {
    this.#active.delete(topic);
    this.topics.forget(topic);
  }

  /** Follows what happened to the templates: merged ones bring their topics together, evicted ones leave them. */
  #settle(): void {
    for (const { from, into } of this.index.takeLineage()) {
      const pair = this.topics.mergeTemplates(from, into);
      if (pair) this.#merge(pair[0], pair[1]);
    }
    for (const { id } of this.index.takeEvicted()) {
      const bare = this.topics.evictTemplate(id);
      if (bare && !this.#windows.hold(bare)) this.#drop(bare);
    }
  }

  #merge(heir: Topic, gone: Topic): void {
    mergeHistory(heir, gone, this.#halfLife);
    if (this.#active.delete(gone)) this.#active.add(heir);
    this.#windows.move(gone, heir);
    this.topics.replace(gone, heir);
  }
}

/** What is constant in a template, as text. */
function constantsOf(template: Template): string {
  return template.texts.filter((_, i) => template.kinds[i] === 0).join(' ');
}
