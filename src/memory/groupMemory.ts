import type { Event, Json } from '../event.ts';
import { readEvent } from './codes/readEvent.ts';
import type { Blip } from '../signal.ts';
import { blipOf } from './judge/makeBlip.ts';
import { isWorthTelling, loudAt } from './judge/early.ts';
import { foldBaseline, skipBaseline, startBaseline } from './rates/groupBaseline.ts';
import { GroupTopics } from './topics/groupTopics.ts';
import { canBeMissed, judge, type Circumstances, type Judgement } from './judge/judge.ts';
import { levelRankOf } from './judge/levelRank.ts';
import type { MemoryOptions } from './memoryOptions.ts';
import { newPerWindow, noveltyOf } from './rates/novelty.ts';
import { OpenWindows } from './windows/openWindows.ts';
import type { SavedGroup } from './savedGroup.ts';
import type { Template } from './templates/templateIndex.ts';
import type { Topic } from './topics/topic.ts';
import type { TextVector } from './topics/vectors.ts';
import { catchUp, countEvent, foldMove, foldWindow } from './topics/topicHistory.ts';
import { closePeriods, periodOf } from './classic/weights.ts';
import { addToCell, addToWindow, openCell, sinceFirst, type Cell, type OpenWindow } from './windows/window.ts';

export type EmitBlip = (blip: Blip, time: number) => void;

/** The memory of one group: topics, baselines and the windows that are open. It has no clock: time is given. */
export class GroupMemory {
  readonly group: string;
  readonly known: GroupTopics;
  /** Events that came after their window had closed. */
  late = 0;
  events = 0;
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

  constructor(group: string, options: MemoryOptions) {
    this.group = group;
    this.#options = options;
    this.#halfLife = options.halfLifeMs / options.windowMs;
    this.known = new GroupTopics(group, options, this.#windows);
  }

  /** True when the window of this event time has been closed. */
  isLate(time: number): boolean {
    return this.#closed !== null && Math.floor(time / this.#options.windowMs) <= this.#closed;
  }

  /**
   * Takes one event, and returns the id of its template; null for one that holds nothing. One that is late is learned and
   * counted, but in no window.
   */
  observe(event: Event, time: number): string | null {
    this.events += 1;
    const template = this.known.index.learn(event.text, time, event.id, readEvent(event));
    if (!template) return null;
    if (this.#firstEvent === null || time < this.#firstEvent) this.#firstEvent = time;
    const window = this.isLate(time) ? null : this.#windows.at(Math.floor(time / this.#options.windowMs));
    const topic = this.known.topics.byTemplate.get(template.id) ?? this.#assign(template, time, window);
    const level = template.levelOfLine(levelRankOf(event.metadata.level));
    countEvent(topic, time, level, this.#options.periodMs);
    this.#baseline.novelty.events += 1;
    if (!window) {
      this.late += 1;
      return template.id;
    }
    addToWindow(window, time, level);
    const cell = window.cells.get(topic) ?? this.#openCell(topic, time, window);
    addToCell(cell, time, level);
    if (cell.count >= cell.loudAt) this.#callEarly(cell, time);
    return template.id;
  }

  /** Vectors have come. What joins a topic that was there was not new after all. */
  takeVectors(vectors: readonly TextVector[]): void {
    this.known.settle();
    for (const { foundedIn } of this.known.takeVectors(vectors)) {
      this.#baseline.novelty.founded = Math.max(0, this.#baseline.novelty.founded - 1);
      const window = this.#windows.find(foundedIn);
      if (window) window.founded -= 1;
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
    this.known.settle();
    if (time < this.#endOf(first)) this.#tellEarly(first, time, emit);
    else this.#close(1, emit);
    // While a topic can be missed, the next window is watched although nothing has come yet.
    if (!this.#windows.first && this.known.active.size > 0) this.#windows.at(first.index + 1);
  }

  /** The input is complete: closes the open windows at the last event seen. */
  end(emit: EmitBlip): void {
    this.known.settle();
    for (let window = this.#windows.first; window; window = this.#windows.first) {
      if (window.last === null) this.#windows.shift();
      else this.#close((window.last + 1 - this.#startOf(window)) / this.#options.windowMs, emit, window.last);
    }
  }

  save(): Json {
    const saved: SavedGroup = {
      group: this.group,
      known: this.known.save(),
      windows: this.#windows.save(),
      closed: this.#closed,
      early: this.#early,
      baseline: structuredClone(this.#baseline),
      first_event: this.#firstEvent,
      late: this.late,
      events: this.events,
    };
    return saved as unknown as Json;
  }

  static load(json: Json, options: MemoryOptions): GroupMemory {
    const saved = json as unknown as SavedGroup;
    const memory = new GroupMemory(saved.group, options);
    memory.known.load(saved.known);
    memory.#windows.load(saved.windows, (id) => memory.known.topics.get(id)!);
    memory.#closed = saved.closed;
    memory.#early = saved.early;
    memory.#baseline = structuredClone(saved.baseline);
    memory.#firstEvent = saved.first_event;
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
    const { exposure, novelty } = this.#baseline;
    const { topic, founded } = this.known.assign(template, () => ({
      time,
      window: window?.index ?? Math.floor(time / this.#options.windowMs),
      exposure,
      novelty: noveltyOf(novelty),
      newPerWindow: newPerWindow(novelty),
    }));
    if (founded) {
      novelty.founded += 1;
      if (window) window.founded += 1;
    }
    return topic;
  }

  #openCell(topic: Topic, time: number, window: OpenWindow): Cell {
    catchUp(topic, this.#windows.first!.index, this.#halfLife);
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

  /** Closes the earliest window, of which `share` has passed; `asOf` is its end, or the last event of all. */
  #close(share: number, emit: EmitBlip, asOf?: number): void {
    const window = this.#windows.shift()!;
    const end = this.#endOf(window);
    const isFirst = this.#closed === null;
    const exposure = isFirst ? sinceFirst(window, share, this.#options.windowMs) : share;
    const silent = isFirst ? 0 : window.index - 1 - this.#closed!;
    if (silent > 0) skipBaseline(this.#baseline, silent, this.#halfLife);
    const at = { ...this.#circumstances(window, end, exposure, false), asOf: asOf ?? end };
    const concerned = [...new Set([...this.known.active, ...window.cells.keys()])].sort((a, b) => a.born - b.born);
    for (const topic of concerned) this.#closeTopic(topic, window, at, emit);
    foldBaseline(this.#baseline, window, exposure, isFirst, this.#halfLife);
    this.#closed = window.index;
    if (this.#early !== null && (this.#early <= end || !this.#windows.first)) this.#early = null;
    this.known.forget(end);
  }

  #closeTopic(topic: Topic, window: OpenWindow, at: Circumstances, emit: EmitBlip): void {
    catchUp(topic, window.index, this.#halfLife);
    closePeriods(topic.weight, periodOf(at.now, this.#options.periodMs), this.#options.periodMs);
    const cell = window.cells.get(topic) ?? null;
    const count = cell?.count ?? 0;
    if (cell || canBeMissed(topic, at.exposure)) {
      const judged = judge(topic, cell, at);
      if (judged.state === 'gone') topic.gone = true;
      if (judged.state === 'returning' && (topic.returnedIn === null || topic.gone)) topic.returnedIn = window.index;
      foldMove(topic, judged, cell, this.#startOf(window), this.#endOf(window));
      if (cell || judged.state === 'gone') emit(this.#blip(topic, judged, window, count, at), at.now);
    }
    foldWindow(topic, window.index, count, at.exposure, this.#halfLife);
    this.known.folded(topic);
  }

  #circumstances(window: OpenWindow, now: number, exposure: number, open: boolean): Circumstances {
    return {
      windowMs: this.#options.windowMs,
      index: window.index,
      now,
      asOf: now,
      exposure,
      open,
      levels: this.#baseline.levels,
    };
  }

  #blip(topic: Topic, judged: Judgement, window: OpenWindow, count: number, { now, open }: Circumstances): Blip {
    const learned = now - this.#firstEvent!;
    const { warmupMs } = this.#options;
    if (learned < warmupMs) judged.why.learning = { learned_ms: learned, warmup_ms: warmupMs };
    return blipOf(topic, judged, this.known.index, {
      group: this.group,
      start: this.#startOf(window),
      end: this.#endOf(window),
      open,
      count,
      now,
    });
  }
}
