import { hashKey } from '../kernel/partition.ts';
import type { Event, Json } from '../event.ts';
import { readEvent } from './codes/readEvent.ts';
import { closeWindow } from './group/closeWindow.ts';
import { callEarly, emitEarly } from './group/emitEarly.ts';
import { GroupState } from './group/groupState.ts';
import type { EmitBlip } from './group/makeGroupBlip.ts';
import { Places } from './group/places.ts';
import { loadGroup, saveGroup } from './group/saveGroup.ts';
import { loudAt } from './judge/early.ts';
import { rankLevel } from './judge/levelRank.ts';
import { partialBlips } from './judge/partialBlips.ts';
import type { MemoryOptions } from './memoryOptions.ts';
import { asKnown, isKnownFor } from './patterns/foundPattern.ts';
import type { Pattern } from './patterns/pattern.ts';
import { catchUp, countLine } from './patterns/patternHistory.ts';
import type { Patterns } from './patterns/patterns.ts';
import { isWatched } from './rates/volume.ts';
import { takeNumbers } from './series/groupSeries.ts';
import type { GroupTopics } from './topics/groupTopics.ts';
import { countEvent } from './topics/topicTotals.ts';
import type { TextVector } from './topics/vectors.ts';
import { countFacets, isSampled } from './windows/facets.ts';
import { addToCell, addToWindow, openCell, type Cell, type OpenWindow } from './windows/window.ts';

export type { EmitBlip } from './group/makeGroupBlip.ts';

/** What a group holds beside its templates, bytes: measured with one line in each of 5,000. */
const GROUP_BYTES = 8000;

const WARN = rankLevel('WARN');
/** One of so many lines of what is as usual is looked at. */
const OTHERS = 8;

/** The memory of one group: patterns, topics, baselines and the windows that are open. It has no clock: time is given. */
export class GroupMemory {
  readonly group: string;
  readonly known: GroupTopics;
  readonly patterns: Patterns;
  readonly #state: GroupState;
  readonly #places: Places;

  /** @param since event time from which there are events, where the group stands for many that were there before it */
  constructor(group: string, options: MemoryOptions, since?: number, state = new GroupState(group, options, since)) {
    this.group = group;
    this.known = state.known;
    this.patterns = state.patterns;
    this.#state = state;
    this.#places = new Places(state);
  }

  /** About how many bytes it holds: so much in any case, so much a template, and what their texts are long. */
  get bytes(): number {
    return GROUP_BYTES + this.known.index.bytes;
  }

  /** Events that came after their window had closed. */
  get late(): number {
    return this.#state.late;
  }

  get events(): number {
    return this.#state.events;
  }

  /** True when the window of this event time has been closed. */
  isLate(time: number): boolean {
    const { closed } = this.#state;
    return closed !== null && this.#state.indexOf(time) <= closed;
  }

  /**
   * Takes one event, and returns the id of its template; null for one that holds nothing. One that is late is learned and
   * counted, but in no window; what was never seen before is news of the next window, marked late. `group` is the one it came
   * from, where this stands for many.
   */
  observe(event: Event, time: number, group = this.group): string | null {
    const state = this.#state;
    state.events += 1;
    if (state.groups) {
      state.origin = group;
      if (group !== this.group) state.groups.add(hashKey(group));
    }
    const template = this.known.index.learn(event.text, time, event.id, readEvent(event));
    if (!template) return null;
    if (state.firstEvent === null || time < state.firstEvent) state.firstEvent = time;
    if (state.lastEvent === null || time > state.lastEvent) state.lastEvent = time;
    const isLate = this.isLate(time);
    const window = isLate ? this.#findLateWindow(template.id) : state.windows.at(state.indexOf(time));
    const place = this.#places.at(template, event.text, time, window);
    const { pattern } = place;
    const away = pattern.total > 0 ? Math.max(0, time - pattern.last) : 0;
    const level = template.levelOfLine(rankLevel(event.metadata.level));
    countLine(pattern, time, level);
    countEvent(pattern.topic, time, level, state.options.periodMs);
    state.baseline.novelty.events += 1;
    if (isLate) state.late += 1;
    if (!window) return template.id;
    const at = isLate ? Math.max(time, state.findStart(window)) : time;
    addToWindow(window, at, level);
    const cell = (place.cell ??= window.cells.get(pattern) ?? this.#openCell(pattern, at, window, away));
    addToCell(cell, at, level);
    if (isLate) cell.late = (cell.late ?? 0) + 1;
    countLineFacets(window, cell, event);
    const { lastTemplate, lastAlign: align, scanner: scan } = this.known.index;
    if (lastTemplate === template) {
      // Its shape may have changed with this line.
      if (place.numbers?.series.width !== template.kinds.length) place.numbers = state.series.find(template, window.index);
      if (place.numbers) takeNumbers(place.numbers, window.index, { template, scan, align }, event.metadata);
    }
    if (cell.count >= cell.loudAt) callEarly(state, pattern, cell, at);
    return template.id;
  }

  /** Vectors have come. What joins a topic that has been known for a day was not new after all. */
  takeVectors(vectors: readonly TextVector[]): void {
    const { baseline, windows } = this.#state;
    this.known.settle();
    for (const pattern of this.known
      .takeVectors(vectors)
      .flatMap(({ templates }) => templates.flatMap((id) => this.patterns.get(id) ?? []))) {
      if (!isKnownFor(pattern.topic, pattern.first)) continue;
      baseline.novelty.founded = Math.max(0, baseline.novelty.founded - 1);
      const window = windows.find(pattern.foundedIn);
      if (window) window.founded -= 1;
      asKnown(pattern, pattern.topic, pattern.first);
    }
  }

  /** Event time at which something falls due; null when nothing does. */
  due(): number | null {
    const { partial, windows, early } = this.#state;
    if (partial.length > 0) return partial.at(-1)!.end;
    if (!windows.first) return null;
    const end = this.#state.findEnd(windows.first);
    return early !== null && early < end ? early : end;
  }

  /** That time has come: early results, or the close of a window. */
  tick(time: number, emit: EmitBlip): void {
    const { partial, windows } = this.#state;
    if (partial.length > 0) return this.#emitPartial(emit);
    const { first } = windows;
    if (!first) return;
    this.known.settle();
    if (time < this.#state.findEnd(first)) emitEarly(this.#state, first, time, emit);
    else this.#close(1, emit);
    // While a pattern can be missed, the next window is watched although nothing has come yet.
    if (!windows.first) this.#watchOn(first.index + 1);
  }

  /** The input is complete: closes the open windows at the last event seen. */
  end(emit: EmitBlip): void {
    const { windows, options } = this.#state;
    this.known.settle();
    this.#emitPartial(emit);
    for (let window = windows.first; window; window = windows.first) {
      if (window.last === null) windows.shift();
      else this.#close((window.last + 1 - this.#state.findStart(window)) / options.windowMs, emit, window.last);
    }
  }

  save(): Json {
    return saveGroup(this.#state);
  }

  static load(json: Json, options: MemoryOptions): GroupMemory {
    const state = loadGroup(json, options);
    return new GroupMemory(state.group, options, undefined, state);
  }

  /** The window in which a late line of a template is news: the next one, where nothing came of it in time. Else null. */
  #findLateWindow(template: string): OpenWindow | null {
    const { closed, windows, patterns } = this.#state;
    const known = patterns.get(template);
    if (!known) return windows.at(closed! + 1);
    const window = windows.find(closed! + 1);
    return window?.cells.get(known)?.late === undefined ? null : window;
  }

  #openCell(pattern: Pattern, time: number, window: OpenWindow, away: number): Cell {
    const { windows, options, halfLife } = this.#state;
    catchUp(pattern, windows.first!.index, halfLife);
    const from = options.earlyMs > 0 ? loudAt(pattern, { index: window.index, away: away / options.windowMs }) : Number.POSITIVE_INFINITY;
    const cell = openCell(time, from, away);
    window.cells.set(pattern, cell);
    return cell;
  }

  #close(share: number, emit: EmitBlip, asOf?: number): void {
    this.#places.clear();
    closeWindow(this.#state, share, emit, asOf);
  }

  /** The lines of windows that were given up half-way. */
  #emitPartial(emit: EmitBlip): void {
    for (const window of this.#state.partial)
      for (const blip of partialBlips(window, this.group, { patterns: this.patterns, index: this.known.index })) emit(blip, window.end);
    this.#state.partial = [];
  }

  /** While something can be missed, a window is watched although nothing comes. */
  #watchOn(index: number): void {
    const { baseline, windows } = this.#state;
    const next = this.patterns.nextMissed();
    if (this.patterns.active.size > 0 || isWatched(baseline.volume)) windows.at(index);
    else if (next !== null) windows.at(Math.max(index, this.#state.indexOf(next)));
  }
}

/** What may have to be emitted is looked at closely, of the rest a sample: it is what that is compared with. */
function countLineFacets(window: OpenWindow, cell: Cell, { metadata }: Event): void {
  if (cell.level >= WARN || cell.count >= cell.loudAt) {
    if (isSampled(cell.count - 1)) cell.facets = countFacets(cell.facets, metadata);
  } else if (window.events % OTHERS === 0) window.facets = countFacets(window.facets, metadata);
}
