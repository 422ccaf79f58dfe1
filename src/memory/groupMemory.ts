// One file, because every line of a group goes through it, and its steps share one state.
import { fromSaved, toSaved } from '../base/saved.ts';
import { toIso, type Event, type Json, type JsonObject } from '../event.ts';
import { Distinct } from '../kernel/distinct.ts';
import { hashKey } from '../kernel/partition.ts';
import { readEvent } from './codes/readEvent.ts';
import type { Blip } from '../signal.ts';
import { makeBlip } from './judge/makeBlip.ts';
import { isWorthTelling, loudAt } from './judge/early.ts';
import { foldBaseline, skipBaseline, startBaseline } from './rates/groupBaseline.ts';
import { listConstants, GroupTopics } from './topics/groupTopics.ts';
import { judgeGroupVolume, makeVolumeBlip, type VolumeFrame, type VolumeVerdict } from './judge/judgeVolume.ts';
import type { Traffic } from './judge/share.ts';
import { computeFade, predict } from './rates/rates.ts';
import { foldVolume, isWatched } from './rates/volume.ts';
import { risesAsWhole } from './judge/risesAsWhole.ts';
import { partialBlips, type PartialWindow } from './judge/partialBlips.ts';
import { canBeMissed, judge, type Circumstances, type Judgement } from './judge/judge.ts';
import { rankLevel } from './judge/levelRank.ts';
import type { MemoryOptions } from './memoryOptions.ts';
import { newPerWindow, scoreNovelty } from './rates/novelty.ts';
import { OpenWindows } from './windows/openWindows.ts';
import { GroupSeries, takeNumbers, type WatchedTemplate } from './series/groupSeries.ts';
import { mixBlip, shiftBlip } from './series/shiftBlip.ts';
import type { SavedGroup, WindowsChanged } from './savedGroup.ts';
import { couldTake } from './templates/couldTake.ts';
import type { Template } from './templates/templateIndex.ts';
import { asKnown, asNoNews, foundPattern, isKnownFor } from './patterns/foundPattern.ts';
import { TREND, type Pattern } from './patterns/pattern.ts';
import { catchUp, countLine, foldMove, foldWindow } from './patterns/patternHistory.ts';
import { Patterns } from './patterns/patterns.ts';
import { countEvent } from './topics/topicTotals.ts';
import type { TextVector } from './topics/vectors.ts';
import { closePeriods, findPeriod } from './classic/weights.ts';
import { countFacets, isSampled, listFields, mergeFacets, type Facets } from './windows/facets.ts';
import { addToCell, addToWindow, openCell, sinceFirst, type Cell, type OpenWindow } from './windows/window.ts';

/** What a group holds beside its templates, bytes: measured with one line in each of 5,000. */
const GROUP_BYTES = 8000;
/** Windows in which the volume of a group is told after it was odd. */
const TOLD_AFTER = 4;

const WARN = rankLevel('WARN');
/** One of so many lines of what is as usual is looked at. */
const OTHERS = 8;

/** Where the lines of a template are counted while a window is open: what four look-ups a line would find. */
interface Place {
  pattern: Pattern;
  window: OpenWindow | null;
  cell: Cell | null;
  numbers: WatchedTemplate | null;
}

export type EmitBlip = (blip: Blip, time: number) => void;

/** The memory of one group: patterns, topics, baselines and the windows that are open. It has no clock: time is given. */
export class GroupMemory {
  readonly group: string;
  readonly known: GroupTopics;
  readonly patterns: Patterns;
  /** Events that came after their window had closed. */
  late = 0;
  events = 0;
  readonly #options: MemoryOptions;
  /** In windows. */
  readonly #halfLife: number;
  readonly #windows = new OpenWindows();
  readonly #series: GroupSeries;

  /** Index of the last closed window. */
  #closed: number | null = null;
  /** Event time of the next early result. */
  #early: number | null = null;
  #baseline = startBaseline();
  #firstEvent: number | null = null;
  #lastEvent: number | null = null;
  readonly #places = new Map<Template, Place>();
  /** The versions of patterns and series that the places are of. */
  #placed = -1;
  /** Where the lines of the last window came from that were as usual. */
  #others: Facets | undefined;
  #changed: WindowsChanged | null = null;
  /** Where it stands for many groups that have no memory of their own: how many there were. */
  #groups: Distinct | null = null;
  /** Which of them the line is of that is being taken. */
  #origin = '';
  #partial: readonly PartialWindow[] = [];
  #reforming: { until: number; ids: ReadonlySet<string> } | null = null;

  /** @param since event time from which there are events, where the group stands for many that were there before it */
  constructor(group: string, options: MemoryOptions, since?: number) {
    this.group = group;
    this.#options = options;
    this.#halfLife = options.halfLifeMs / options.windowMs;
    this.patterns = new Patterns(this.#windows, this.#halfLife);
    this.known = new GroupTopics(group, options, this.patterns);
    this.#series = new GroupSeries(this.#halfLife);
    if (since === undefined) return;
    this.#firstEvent = since;
    this.#groups = new Distinct();
  }

  /** About how many bytes it holds: so much in any case, so much a template, and what their texts are long. */
  get bytes(): number {
    return GROUP_BYTES + this.known.index.bytes;
  }

  /** True when the window of this event time has been closed. */
  isLate(time: number): boolean {
    return this.#closed !== null && Math.floor(time / this.#options.windowMs) <= this.#closed;
  }

  /**
   * Takes one event, and returns the id of its template; null for one that holds nothing. One that is late is learned and
   * counted, but in no window. `group` is the one it came from, where this stands for many.
   */
  observe(event: Event, time: number, group = this.group): string | null {
    this.events += 1;
    if (this.#groups) {
      this.#origin = group;
      if (group !== this.group) this.#groups.add(hashKey(group));
    }
    const template = this.known.index.learn(event.text, time, event.id, readEvent(event));
    if (!template) return null;
    if (this.#firstEvent === null || time < this.#firstEvent) this.#firstEvent = time;
    if (this.#lastEvent === null || time > this.#lastEvent) this.#lastEvent = time;
    const window = this.isLate(time) ? null : this.#windows.at(Math.floor(time / this.#options.windowMs));
    const place = this.#placeOf(template, event.text, time, window);
    const { pattern } = place;
    const away = pattern.total > 0 ? Math.max(0, time - pattern.last) : 0;
    const level = template.levelOfLine(rankLevel(event.metadata.level));
    countLine(pattern, time, level);
    countEvent(pattern.topic, time, level, this.#options.periodMs);
    this.#baseline.novelty.events += 1;
    if (!window) {
      this.late += 1;
      return template.id;
    }
    addToWindow(window, time, level);
    const cell = (place.cell ??= window.cells.get(pattern) ?? this.#openCell(pattern, time, window, away));
    addToCell(cell, time, level);
    this.#countFacets(window, cell, event);
    const { lastTemplate, lastAlign: align, scanner: scan } = this.known.index;
    if (lastTemplate === template) {
      // Its shape may have changed with this line.
      if (place.numbers?.series.width !== template.kinds.length) place.numbers = this.#series.find(template, window.index);
      if (place.numbers) takeNumbers(place.numbers, window.index, { template, scan, align }, event.metadata);
    }
    if (cell.count >= cell.loudAt) this.#callEarly(cell, time);
    return template.id;
  }

  /** Vectors have come. What joins a topic that has been known for a day was not new after all. */
  takeVectors(vectors: readonly TextVector[]): void {
    this.known.settle();
    for (const pattern of this.known
      .takeVectors(vectors)
      .flatMap(({ templates }) => templates.flatMap((id) => this.patterns.get(id) ?? []))) {
      if (!isKnownFor(pattern.topic, pattern.first)) continue;
      this.#baseline.novelty.founded = Math.max(0, this.#baseline.novelty.founded - 1);
      const window = this.#windows.find(pattern.foundedIn);
      if (window) window.founded -= 1;
      asKnown(pattern, pattern.topic, pattern.first);
    }
  }

  /** Event time at which something falls due; null when nothing does. */
  due(): number | null {
    if (this.#partial.length > 0) return this.#partial.at(-1)!.end;
    const { first } = this.#windows;
    if (!first) return null;
    const end = this.#endOf(first);
    return this.#early !== null && this.#early < end ? this.#early : end;
  }

  /** That time has come: early results, or the close of a window. */
  tick(time: number, emit: EmitBlip): void {
    if (this.#partial.length > 0) return this.#tellPartial(emit);
    const { first } = this.#windows;
    if (!first) return;
    this.known.settle();
    if (time < this.#endOf(first)) this.#tellEarly(first, time, emit);
    else this.#close(1, emit);
    // While a pattern can be missed, the next window is watched although nothing has come yet.
    if (!this.#windows.first) this.#watchOn(first.index + 1);
  }

  /** The input is complete: closes the open windows at the last event seen. */
  end(emit: EmitBlip): void {
    this.known.settle();
    this.#tellPartial(emit);
    for (let window = this.#windows.first; window; window = this.#windows.first) {
      if (window.last === null) this.#windows.shift();
      else this.#close((window.last + 1 - this.#startOf(window)) / this.#options.windowMs, emit, window.last);
    }
  }

  save(): Json {
    const saved: SavedGroup = {
      group: this.group,
      known: this.known.save(),
      patterns: this.patterns.save(),
      windows: this.#windows.save(),
      closed: this.#closed,
      early: this.#early,
      series: this.#series.save(),
      baseline: structuredClone(this.#baseline),
      first_event: this.#firstEvent,
      last_event: this.#lastEvent,
      ...(this.#others && { others: structuredClone(this.#others) }),
      late: this.late,
      events: this.events,
      ...(this.#groups && { groups: this.#groups.save() }),
      ...(this.#changed && { changed: { ...this.#changed } }),
      ...(this.#partial.length > 0 && { partial: structuredClone([...this.#partial]) }),
      ...(this.#reforming && { reforming: { until: this.#reforming.until, ids: [...this.#reforming.ids] } }),
    };
    return toSaved(saved);
  }

  static load(json: Json, options: MemoryOptions): GroupMemory {
    const saved = fromSaved<SavedGroup>(json);
    const memory = new GroupMemory(saved.group, options);
    memory.known.load(saved.known);
    memory.patterns.load(
      saved.patterns,
      (id) => memory.known.topics.get(id)!,
      (id) => {
        const template = memory.known.index.get(id);
        return template && listConstants(template);
      },
    );
    memory.#windows.load(saved.windows, (id) => memory.patterns.get(id)!);
    memory.#series.load(saved.series);
    memory.#closed = saved.closed;
    memory.#early = saved.early;
    memory.#baseline = structuredClone(saved.baseline);
    memory.#firstEvent = saved.first_event;
    memory.#lastEvent = saved.last_event;
    memory.#others = structuredClone(saved.others);
    memory.late = saved.late;
    memory.events = saved.events;
    if (saved.groups) (memory.#groups = new Distinct()).load(saved.groups);
    memory.#changed = saved.changed ?? null;
    memory.#partial = saved.partial ?? [];
    memory.#reforming = saved.reforming ? { until: saved.reforming.until, ids: new Set(saved.reforming.ids) } : null;
    if (saved.refold) memory.#refold();
    return memory;
  }

  /** Folds what is known into topics anew, and lets each pattern know its own. */
  #refold(): void {
    this.known.refold(this.patterns.all());
    for (const pattern of this.patterns.all()) pattern.topic = this.known.topics.byTemplate.get(pattern.id) ?? pattern.topic;
  }

  #startOf(window: OpenWindow): number {
    return window.index * this.#options.windowMs;
  }

  #endOf(window: OpenWindow): number {
    return (window.index + 1) * this.#options.windowMs;
  }

  #assign(template: Template, text: string, time: number, window: OpenWindow | null): Pattern {
    const { exposure, novelty } = this.#baseline;
    const founding = {
      time,
      window: window?.index ?? Math.floor(time / this.#options.windowMs),
      exposure,
      novelty: scoreNovelty(novelty),
      newPerWindow: newPerWindow(novelty),
    };
    const { topic, arrival } = this.known.assign(template, () => founding);
    // A merge may have moved the template's lines to a pattern that is already there.
    const known = this.patterns.get(template.id);
    if (known) return known;
    if (arrival === 'founds' || (arrival === 'joins' && !isKnownFor(topic, time))) {
      novelty.founded += 1;
      if (window) window.founded += 1;
    }
    const founded = foundPattern({ template: template.id, text: listConstants(template), topic, arrival }, founding);
    if (this.#groups && this.#origin !== this.group) founded.from = this.#origin;
    return this.patterns.add(this.#reforms(text, founding.window) ? asNoNews(founded) : founded);
  }

  /** Whether a line that founds a template is one that a template of before the masks were changed would have taken. */
  #reforms(text: string, window: number): boolean {
    if (!this.#reforming) return false;
    if (window > this.#reforming.until) this.#reforming = null;
    for (const id of this.#reforming?.ids ?? []) {
      const known = this.known.index.get(id);
      if (known && couldTake(known, text)) return true;
    }
    return false;
  }

  #placeOf(template: Template, text: string, time: number, window: OpenWindow | null): Place {
    const known = this.#placed === this.patterns.version + this.#series.version ? this.#places.get(template) : undefined;
    if (known?.window === window) return known;
    const pattern = this.patterns.get(template.id) ?? this.#assign(template, text, time, window);
    const version = this.patterns.version + this.#series.version;
    if (this.#placed !== version) this.#places.clear();
    this.#placed = version;
    const place = { pattern, window, cell: window?.cells.get(pattern) ?? null, numbers: null };
    this.#places.set(template, place);
    return place;
  }

  #openCell(pattern: Pattern, time: number, window: OpenWindow, away: number): Cell {
    catchUp(pattern, this.#windows.first!.index, this.#halfLife);
    const cell = openCell(time, this.#options.earlyMs > 0 ? loudAt(pattern, window.index) : Number.POSITIVE_INFINITY, away);
    window.cells.set(pattern, cell);
    return cell;
  }

  /** What may have to be told is looked at closely, of the rest a sample: it is what that is compared with. */
  #countFacets(window: OpenWindow, cell: Cell, { metadata }: Event): void {
    if (cell.level >= WARN || cell.count >= cell.loudAt) {
      if (isSampled(cell.count - 1)) cell.facets = countFacets(cell.facets, metadata);
    } else if (window.events % OTHERS === 0) window.facets = countFacets(window.facets, metadata);
  }

  #callEarly(cell: Cell, time: number): void {
    cell.loudAt = cell.count * 2;
    const { earlyMs } = this.#options;
    this.#early ??= (Math.floor(time / earlyMs) + 1) * earlyMs;
  }

  /** The lines of windows that were given up half-way. */
  #tellPartial(emit: EmitBlip): void {
    for (const window of this.#partial)
      for (const blip of partialBlips(window, this.group, { patterns: this.patterns, index: this.known.index })) emit(blip, window.end);
    this.#partial = [];
  }

  #tellEarly(window: OpenWindow, time: number, emit: EmitBlip): void {
    this.#early = null;
    const at = this.#circumstances(window, time, this.#watched(window, (time - this.#startOf(window)) / this.#options.windowMs), true);
    for (const [pattern, cell] of window.cells) {
      const judged = judge(pattern, cell, at);
      if (!isWorthTelling(judged, cell)) continue;
      cell.told = judged.score;
      cell.toldCount = cell.count;
      emit(this.#blip(pattern, judged, window, cell.count, at), time);
    }
  }

  /** Closes the earliest window, of which `share` has passed; `asOf` is its end, or the last event of all. */
  #close(share: number, emit: EmitBlip, asOf?: number): void {
    const window = this.#windows.shift()!;
    this.#places.clear();
    const end = this.#endOf(window);
    const isFirst = this.#closed === null;
    const exposure = isFirst ? sinceFirst(window, share, this.#options.windowMs) : this.#watched(window, share);
    const silent = isFirst ? 0 : window.index - 1 - this.#closed!;
    if (silent > 0) skipBaseline(this.#baseline, silent, this.#halfLife);
    const frame = this.#volumeFrame(window, exposure);
    const judgedVolume = judgeGroupVolume(this.#baseline.volume, frame);
    const isFlood = judgedVolume.state === 'rising' && !risesAsWhole(this.patterns.all(), window, judgedVolume.ratio!);
    const volume: VolumeVerdict = isFlood ? { ...judgedVolume, bits: 0, state: 'steady' } : judgedVolume;
    const at = {
      ...this.#circumstances(window, end, exposure, false),
      asOf: asOf ?? end,
      traffic: this.#traffic(window, exposure, volume),
    };
    this.#series.close(window.index);
    const missing = this.patterns.missing(at.asOf, window.index);
    const concerned = [...new Set([...this.patterns.active, ...window.cells.keys(), ...missing])].sort((a, b) => a.born - b.born);
    for (const pattern of concerned) this.#closePattern(pattern, window, at, emit);
    // Once it was odd it is told until everybody knows that it no longer is.
    this.#baseline.toTell = volume.state === 'steady' ? Math.max(0, this.#baseline.toTell - 1) : TOLD_AFTER;
    if (volume.state !== 'steady' || this.#baseline.toTell > 0) emit(makeVolumeBlip(volume, frame), end);
    foldBaseline(this.#baseline, window, exposure, isFirst, this.#halfLife);
    foldVolume(this.#baseline.volume, {
      ...frame,
      windowMs: this.#options.windowMs,
      bits: judgedVolume.bits,
      fade: computeFade(1, this.#halfLife),
    });
    this.#closed = window.index;
    this.#others = window.facets ?? this.#others;
    if (this.#early !== null && (this.#early <= end || !this.#windows.first)) this.#early = null;
    this.known.forget(end);
    this.patterns.sweep((id) => this.known.index.get(id) !== undefined);
  }

  #closePattern(pattern: Pattern, window: OpenWindow, at: Circumstances, emit: EmitBlip): void {
    catchUp(pattern, window.index, this.#halfLife);
    closePeriods(pattern.topic.weight, findPeriod(at.now, this.#options.periodMs), this.#options.periodMs);
    const cell = window.cells.get(pattern) ?? null;
    const count = cell?.count ?? 0;
    if (cell || canBeMissed(pattern, at.asOf)) {
      const judged = judge(pattern, cell, at);
      if (judged.state === 'gone') pattern.gone = true;
      if ((judged.state === 'returning' || judged.state === 'rare') && (pattern.returnedIn === null || pattern.gone))
        pattern.returnedIn = window.index;
      foldMove(pattern, judged, cell, this.#startOf(window), this.#endOf(window));
      if (cell || judged.state === 'gone') {
        const blip = this.#blip(pattern, judged, window, count, at);
        emit(blip, at.now);
        this.#emitShifts(blip, at.now, emit);
      }
    }
    foldWindow(pattern, window.index, count, at.exposure, this.#halfLife);
    this.patterns.folded(pattern);
  }

  /** What the numbers in the lines of a template have come to be, each slot by itself. */
  #emitShifts(blip: Blip, now: number, emit: EmitBlip): void {
    const template = this.known.index.get(blip.template_id);
    if (!template) return;
    for (const shift of this.#series.shiftsOf(template.id)) emit(shiftBlip(blip, shift, template), now);
    // Where the class itself comes more often, its own row says so, and its slots which code it is.
    const mix = blip.state === 'steady' || blip.state === 'falling' ? this.#series.mixOf(template.id) : null;
    if (mix) emit(mixBlip(blip, mix), now);
  }

  #circumstances(window: OpenWindow, now: number, exposure: number, open: boolean): Circumstances {
    return {
      windowMs: this.#options.windowMs,
      index: window.index,
      now,
      asOf: now,
      exposure,
      open,
      traffic: null,
      levels: this.#baseline.levels,
    };
  }

  /** What share of a window was watched, of which `share` has passed: of the one in which its length was changed, from then on. */
  #watched(window: OpenWindow, share: number): number {
    const { windowMs } = this.#options;
    const before = this.#changed ? (this.#changed.at - this.#startOf(window)) / windowMs : 0;
    return before > 0 && before < 1 ? Math.max(1 / windowMs, share - before) : share;
  }

  /** While something can be missed, a window is watched although nothing comes. */
  #watchOn(index: number): void {
    const { volume } = this.#baseline;
    const next = this.patterns.nextMissed();
    if (this.patterns.active.size > 0 || isWatched(volume)) this.#windows.at(index);
    else if (next !== null) this.#windows.at(Math.max(index, Math.floor(next / this.#options.windowMs)));
  }

  #volumeFrame(window: OpenWindow, exposure: number): VolumeFrame {
    const start = this.#startOf(window);
    const trend = [...this.#baseline.trend.slice(1 - TREND), window.events];
    return {
      group: this.group,
      start,
      end: this.#endOf(window),
      count: window.events,
      exposure,
      trend: [...Array<number>(TREND - trend.length).fill(0), ...trend],
      first: this.#firstEvent!,
      last: this.#lastEvent!,
      total: this.events,
    };
  }

  #traffic(window: OpenWindow, exposure: number, volume: VolumeVerdict): Traffic | null {
    const predicted = predict(this.#baseline.traffic, exposure);
    return (
      predicted && {
        count: window.events,
        usual: predicted.mean,

        patterns: this.patterns.size,
        volume,
      }
    );
  }

  /** How far it has learned what there is, or how its windows are since they were changed; null when it has. */
  #learning(now: number, index: number): JsonObject | null {
    const learned = now - this.#firstEvent!;
    const { warmupMs, windowMs } = this.#options;
    if (learned < warmupMs) return { learned_ms: learned, warmup_ms: warmupMs };
    if (!this.#changed) return null;
    const { at, until } = this.#changed;
    if (index >= until) this.#changed = null;
    return { learned_ms: Math.max(0, now - at), warmup_ms: (until + 1) * windowMs - at, changed: toIso(at) };
  }

  #blip(pattern: Pattern, judged: Judgement, window: OpenWindow, count: number, { now, open }: Circumstances): Blip {
    const learning = this.#learning(now, window.index);
    if (learning) judged.why.learning = learning;
    const blip = makeBlip(pattern, judged, this.known.index, {
      group: this.group,
      start: this.#startOf(window),
      end: this.#endOf(window),
      open,
      count,
      now,
      fields: judged.state === 'steady' ? [] : listFields(window.cells.get(pattern)?.facets, mergeFacets(window.facets, this.#others)),
    });
    return this.#groups
      ? { ...blip, from: { ...(pattern.from !== undefined && { group: pattern.from }), groups: this.#groups.count } }
      : blip;
  }
}
