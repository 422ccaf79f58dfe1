import { levelOf, levels, type Event, type Json } from '../event.ts';
import type { Blip } from '../signal.ts';
import { blipOf } from './blipOf.ts';
import { judge, type Circumstances } from './judge.ts';
import { closeNoveltyWindow, newPerWindow, noveltyOf, startNovelty, type NoveltyRate } from './novelty.ts';
import { fadeOf, predict, skipWindows, updateRate } from './rates.ts';
import { MOVED } from './stateWord.ts';
import { TemplateIndex, type Template } from './templates.ts';
import { TREND, type Topic } from './topic.ts';
import { Topics } from './topics.ts';
import { addToWeight, closePeriods, isPruned, periodOf } from './weights.ts';
import { addToCell, addToWindow, loadWindow, mergeCells, openCell, openWindow, saveWindow, type Cell, type OpenWindow } from './window.ts';

export interface MemoryOptions {
  /** Milliseconds of a window. */
  windowMs: number;
  /** Milliseconds between early results; 0 for none. */
  earlyMs: number;
  warmupMs: number;
  /** Milliseconds of a weight's period. */
  periodMs: number;
  /** Milliseconds after which what was seen counts half in the baselines. */
  halfLifeMs: number;
  similarityThreshold: number;
  maxTemplates: number;
  maxTopics: number;
  /** False when vectors come from outside. */
  lexical: boolean;
}

export type EmitBlip = (blip: Blip, time: number) => void;

/** Score from which something is worth an early result, and by how much it must grow to be told again. */
const EARLY_SCORE = 25;
const EARLY_STEP = 10;
const levelRank = new Map<unknown, number>(levels.map((level, i) => [level, i]));

/** The memory of one group: templates, topics, baselines and the windows that are open. No clock: time is given. */
export class GroupMemory {
  readonly group: string;
  readonly index: TemplateIndex;
  readonly topics: Topics;
  readonly #options: MemoryOptions;
  readonly #halfLife: number;
  /** Open windows in order of time; nearly always one. */
  #windows: OpenWindow[] = [];
  /** Index of the last closed window. */
  #closed: number | null = null;
  /** Event time of the next early result. */
  #early: number | null = null;
  /** Faded number of windows the group was watched, and faded events by level. */
  #exposure = 0;
  #levels = [0, 0, 0, 0, 0, 0, 0];
  #novelty: NoveltyRate = startNovelty();
  #firstEvent: number | null = null;
  /** Topics whose trend is not all zero: those that can be missed. */
  #active = new Set<Topic>();
  /** Events that came after their window had closed. */
  late = 0;
  events = 0;

  constructor(group: string, options: MemoryOptions) {
    this.group = group;
    this.#options = options;
    this.#halfLife = options.halfLifeMs / options.windowMs;
    this.index = new TemplateIndex({ group, limits: { maxTemplates: options.maxTemplates } });
    this.topics = new Topics({
      similarityThreshold: options.similarityThreshold,
      lexical: options.lexical,
      periodMs: options.periodMs,
      maxTombstones: options.maxTopics,
    });
  }

  /** True when the window of this event time has been closed. */
  isLate(time: number): boolean {
    return this.#closed !== null && Math.floor(time / this.#options.windowMs) <= this.#closed;
  }

  /** Takes one event. */
  observe(event: Event, time: number): void {
    this.events += 1;
    const template = this.index.learn(event.text, time, event.id);
    if (!template) return;
    const late = this.isLate(time);
    if (this.#firstEvent === null || time < this.#firstEvent) this.#firstEvent = time;
    const window = late ? null : this.#windowAt(Math.floor(time / this.#options.windowMs));
    const topic = this.topics.byTemplate.get(template.id) ?? this.#assign(template, time, window);
    topic.total += 1;
    if (time > topic.last) topic.last = time;
    if (time < topic.first) topic.first = time;
    addToWeight(topic.weight, time, this.#options.periodMs);
    const level = levelRankOf(event.metadata.level);
    if (level > topic.level) topic.level = level;
    this.#novelty.events += 1;
    if (!window) {
      this.late += 1;
      return;
    }
    addToWindow(window, time, level);
    let cell = window.cells.get(topic);
    if (!cell) {
      cell = openCell(time, this.#loudAt(topic, window));
      window.cells.set(topic, cell);
    }
    addToCell(cell, time, level);
    if (cell.count >= cell.loudAt) this.#callEarly(cell, time);
  }

  /** Event time at which something falls due; null when nothing does. */
  due(): number | null {
    const first = this.#windows[0];
    if (!first) return null;
    const end = (first.index + 1) * this.#options.windowMs;
    return this.#early !== null && this.#early < end ? this.#early : end;
  }

  /** That time has come: early results, or the close of a window. */
  tick(time: number, emit: EmitBlip): void {
    this.#settleMerges(time);
    const window = this.#windows[0];
    if (!window) return;
    const end = (window.index + 1) * this.#options.windowMs;
    if (time >= end) this.#close(window, end, 1, emit);
    else this.#tellEarly(window, time, emit);
  }

  /** The input is complete: closes the open windows at the last event seen. */
  end(emit: EmitBlip): void {
    for (let window = this.#windows[0]; window; window = this.#windows[0]) {
      const start = window.index * this.#options.windowMs;
      this.#settleMerges(window.last ?? start);
      if (window.last === null) {
        this.#windows.shift();
        continue;
      }
      this.#close(window, start + this.#options.windowMs, (window.last + 1 - start) / this.#options.windowMs, emit, false);
    }
    this.#early = null;
  }

  save(): Json {
    return {
      group: this.group,
      index: this.index.save(),
      topics: this.topics.save(),
      windows: this.#windows.map(saveWindow),
      closed: this.#closed,
      early: this.#early,
      exposure: this.#exposure,
      levels: [...this.#levels],
      novelty: { ...this.#novelty },
      first_event: this.#firstEvent,
      active: [...this.#active].map((topic) => topic.id),
      late: this.late,
      events: this.events,
    };
  }

  static load(json: Json, options: MemoryOptions): GroupMemory {
    const saved = json as unknown as {
      group: string; index: Json; topics: Json; windows: Json[]; closed: number | null; early: number | null;
      exposure: number; levels: number[]; novelty: NoveltyRate; first_event: number | null; active: string[]; late: number; events: number;
    };
    const memory = new GroupMemory(saved.group, options);
    memory.index.load(saved.index);
    memory.topics.load(saved.topics);
    const topicOf = (id: string) => memory.topics.get(id)!;
    memory.#windows = saved.windows.map((window) => loadWindow(window, topicOf));
    memory.#closed = saved.closed;
    memory.#early = saved.early;
    memory.#exposure = saved.exposure;
    memory.#levels = [...saved.levels];
    memory.#novelty = { ...saved.novelty };
    memory.#firstEvent = saved.first_event;
    memory.#active = new Set(saved.active.map(topicOf));
    memory.late = saved.late;
    memory.events = saved.events;
    return memory;
  }

  #windowAt(index: number): OpenWindow {
    const windows = this.#windows;
    for (let i = windows.length - 1; i >= 0; i--) if (windows[i]!.index === index) return windows[i]!;
    const fresh = openWindow(index);
    windows.push(fresh);
    if (windows.length > 1) windows.sort((a, b) => a.index - b.index);
    return fresh;
  }

  #assign(template: Template, time: number, window: OpenWindow | null): Topic {
    const founding = {
      time,
      window: window?.index ?? Math.floor(time / this.#options.windowMs),
      exposure: this.#exposure,
      novelty: noveltyOf(this.#novelty),
      newPerWindow: newPerWindow(this.#novelty),
    };
    const { topic, founded } = this.topics.assign(template.id, constantsOf(template), founding);
    if (founded) {
      this.#novelty.founded += 1;
      if (window) window.founded += 1;
    }
    return topic;
  }

  /** The count from which a topic is worth an early result, judged by its baseline; 1 for what is new or back. */
  #loudAt(topic: Topic, window: OpenWindow): number {
    if (this.#options.earlyMs === 0) return Number.POSITIVE_INFINITY;
    this.#catchUp(topic, window.index);
    const predicted = predict(topic.rate, 1);
    if (topic.foundedIn === window.index || topic.returnedIn === window.index) return 1;
    if (!predicted) return Number.POSITIVE_INFINITY;
    // Six standard deviations: cheap to ask of every event, and the full judgement is made before anything is told.
    return Math.max(1, Math.ceil(predicted.mean + 6 * Math.sqrt(predicted.variance)));
  }

  #callEarly(cell: Cell, time: number): void {
    cell.loudAt = Math.max(cell.count + 1, cell.count * 2);
    const { earlyMs } = this.#options;
    this.#early ??= (Math.floor(time / earlyMs) + 1) * earlyMs;
  }

  #tellEarly(window: OpenWindow, time: number, emit: EmitBlip): void {
    this.#early = null;
    for (const [topic, cell] of window.cells) {
      const judged = judge(topic, cell, this.#circumstances(window, time, 1));
      const isNews = judged.state === 'new' || judged.state === 'returning' || judged.bits.surprise >= MOVED;
      if (!isNews || judged.score < EARLY_SCORE || (cell.told > 0 && judged.score < cell.told + EARLY_STEP)) continue;
      cell.told = judged.score;
      emit(this.#blip(topic, judged, window, cell.count, time, true), time);
    }
  }

  #close(window: OpenWindow, end: number, exposure: number, emit: EmitBlip, goOn = true): void {
    this.#windows.shift();
    const watched = this.#watched(window, exposure);
    const isFirst = this.#closed === null;
    if (!isFirst) this.#skipTo(window.index);
    const concerned = [...new Set([...this.#active, ...window.cells.keys()])].sort((a, b) => a.born - b.born);
    const circumstances = this.#circumstances(window, end, watched);
    for (const topic of concerned) {
      this.#catchUp(topic, window.index);
      closePeriods(topic.weight, periodOf(end, this.#options.periodMs), this.#options.periodMs);
      const cell = window.cells.get(topic) ?? null;
      const judged = judge(topic, cell, circumstances);
      if (cell || judged.state === 'gone') emit(this.#blip(topic, judged, window, cell?.count ?? 0, end, false), end);
      this.#fold(topic, window.index, cell?.count ?? 0, watched);
    }
    this.#foldGroup(window, watched, isFirst);
    this.#forget(end);
    this.#closed = window.index;
    if (goOn && this.#windows.length === 0 && this.#active.size > 0) this.#windowAt(window.index + 1);
    if (this.#early !== null && (this.#early <= end || this.#windows.length === 0)) this.#early = null;
  }

  /** The first window is watched from its first event on. */
  #watched(window: OpenWindow, exposure: number): number {
    if (this.#closed !== null || window.first === null) return exposure;
    const start = window.index * this.#options.windowMs;
    return Math.max(1 / this.#options.windowMs, exposure - (window.first - start) / this.#options.windowMs);
  }

  #circumstances(window: OpenWindow, now: number, exposure: number): Circumstances {
    return { windowMs: this.#options.windowMs, index: window.index, now, exposure, levels: this.#levels };
  }

  #blip(topic: Topic, judged: ReturnType<typeof judge>, window: OpenWindow, count: number, now: number, open: boolean): Blip {
    const start = window.index * this.#options.windowMs;
    const learned = now - this.#firstEvent!;
    if (learned < this.#options.warmupMs) judged.why.learning = { learned_ms: learned, warmup_ms: this.#options.warmupMs };
    return blipOf(topic, judged, this.index, { group: this.group, start, end: start + this.#options.windowMs, open, count, now });
  }

  /** Folds the windows since the topic's last, in which it was not seen. */
  #catchUp(topic: Topic, index: number): void {
    const missed = index - 1 - topic.window;
    if (missed <= 0) return;
    skipWindows(topic.rate, missed, this.#halfLife);
    for (let i = 0; i < Math.min(missed, TREND); i++) topic.trend.push(0);
    topic.trend.splice(0, topic.trend.length - TREND);
    topic.window = index - 1;
  }

  #fold(topic: Topic, index: number, count: number, exposure: number): void {
    updateRate(topic.rate, count, exposure, fadeOf(1, this.#halfLife));
    topic.trend.push(count);
    if (topic.trend.length > TREND) topic.trend.shift();
    topic.window = index;
    if (topic.trend.some((n) => n > 0)) this.#active.add(topic);
    else this.#active.delete(topic);
  }

  /** Windows between the last closed one and this, in which the group was silent. */
  #skipTo(index: number): void {
    const missed = index - this.#closed! - 1;
    if (missed <= 0) return;
    const fade = fadeOf(missed, this.#halfLife);
    this.#exposure = this.#exposure * fade + (1 - fade) / (1 - fadeOf(1, this.#halfLife));
    for (let i = 0; i < this.#levels.length; i++) this.#levels[i]! *= fade;
    this.#novelty.windows += missed;
  }

  #foldGroup(window: OpenWindow, exposure: number, isFirst: boolean): void {
    const fade = fadeOf(1, this.#halfLife);
    this.#exposure = this.#exposure * fade + exposure;
    for (let i = 0; i < this.#levels.length; i++) this.#levels[i] = this.#levels[i]! * fade + window.levels[i]!;
    if (!isFirst) closeNoveltyWindow(this.#novelty, window.founded, fade);
  }

  /** Forgets what has lost its weight, and the least of what is too much. */
  #forget(now: number): void {
    const period = periodOf(now, this.#options.periodMs);
    for (const topic of [...this.topics.all()]) {
      if (topic.weight.period < period) closePeriods(topic.weight, period, this.#options.periodMs);
      if (isPruned(topic.weight.weight) && !this.#isOpen(topic)) this.#drop(topic);
    }
    const surplus = this.topics.size - this.#options.maxTopics;
    if (surplus <= 0) return;
    const least = [...this.topics.all()].filter((topic) => !this.#isOpen(topic));
    least.sort((a, b) => a.weight.weight - b.weight.weight || a.last - b.last || a.born - b.born);
    for (const topic of least.slice(0, surplus)) this.#drop(topic);
  }

  #isOpen(topic: Topic): boolean {
    return this.#windows.some((window) => window.cells.has(topic));
  }

  #drop(topic: Topic): void {
    this.#active.delete(topic);
    this.topics.forget(topic);
  }

  /** Folds topics together whose templates turned out to be one. */
  #settleMerges(_time: number): void {
    for (const { from, into } of this.index.takeLineage()) {
      const pair = this.topics.mergeTemplates(from, into);
      if (pair) this.#merge(pair[0], pair[1]);
    }
  }

  #merge(heir: Topic, gone: Topic): void {
    const upTo = Math.max(heir.window, gone.window);
    this.#catchUp(heir, upTo + 1);
    this.#catchUp(gone, upTo + 1);
    heir.rate.sum += gone.rate.sum;
    heir.rate.squares += gone.rate.squares;
    heir.trend = sumOfTrends(heir.trend, gone.trend);
    heir.total += gone.total;
    heir.first = Math.min(heir.first, gone.first);
    heir.last = Math.max(heir.last, gone.last);
    heir.level = Math.max(heir.level, gone.level);
    heir.weight.weight = Math.max(heir.weight.weight, gone.weight.weight);
    heir.weight.n += gone.weight.n;
    if (this.#active.delete(gone)) this.#active.add(heir);
    for (const window of this.#windows) {
      const cell = window.cells.get(gone);
      if (!cell) continue;
      window.cells.delete(gone);
      const own = window.cells.get(heir);
      if (own) mergeCells(own, cell);
      else window.cells.set(heir, cell);
    }
    this.topics.replace(gone, heir);
  }
}

/** Element-wise, aligned at the newest. */
function sumOfTrends(a: readonly number[], b: readonly number[]): number[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, i) => (a[i - length + a.length] ?? 0) + (b[i - length + b.length] ?? 0));
}

/** What is constant in a template, as text. */
function constantsOf(template: Template): string {
  return template.texts.filter((_, i) => template.kinds[i] === 0).join(' ');
}

function levelRankOf(level: Json | undefined): number {
  const known = levelRank.get(level);
  if (known !== undefined || level === undefined) return known ?? -1;
  return levelRank.get(levelOf(level)) ?? -1;
}
