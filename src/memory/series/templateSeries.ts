import { CodeMix, type SavedMix } from './codeMix.ts';
import { Instances, type OddInstance, type SavedInstances } from './instances.ts';
import type { NumberKind } from './readNumber.ts';
import { addValue, loadSketch, saveSketch, startSketch, toScale, type SavedSketch } from './sketch.ts';
import { areAmounts, foldSeries, findMiddle, startSeries, type SeriesWindow, type Shift, type SlotSeries } from './slotSeries.ts';

/** Series of one template that are watched: the first that turn up. */
const MOST_SLOTS = 4;

/** Lines of a window that are all taken; of more, one in so many: what a thousand say of a quantile, a few hundred say. */
const ALL_OF = 128;
const ONE_IN = 8;

/** One slot of a template, or one field beside it. */
interface Watched {
  series: SlotSeries;
  /** By index of the window. */
  open: Map<number, SeriesWindow>;
  /** The one that the last value fell into: nearly always that of the next. */
  last: { window: number; open: SeriesWindow } | null;
  /** Its values by the instance that wrote them; null while none is named, or too little is known to hold them against. */
  instances: Instances | null;
}

type SavedWindow = { sketch: SavedSketch; changes: number; rises: number };

export type SavedTemplateSeries = {
  width: number;
  bare: number;
  window: number;
  lines: number;
  mix: SavedMix | null;
  slots: [
    string | number,
    Omit<SlotSeries, 'waiting' | 'reached'> & { waiting: SavedSketch; reached?: [number, number] },
    [number, SavedWindow][],
    SavedInstances?,
  ][];
};

/** The numbers in the lines of one template: each slot by its place, each field beside them by its name. */
export class TemplateSeries {
  /** Tokens of the template when the series began: places mean other slots in another shape. */
  readonly width: number;
  /** Lines in a row without a number beside them, and without the name of an instance. */
  bare = 0;
  unnamed = 0;
  /** The exact codes in its first place for them; null while it has none. */
  mix: CodeMix | null = null;
  /** The window that the last line was in, and how many lines it has had. */
  #window = -1;
  #lines = 0;
  readonly #slots = new Map<string | number, Watched>();
  /** Those of slots once more, by their places. */
  readonly #places: Watched[] = [];

  constructor(width: number) {
    this.width = width;
  }

  get size(): number {
    return this.#slots.size;
  }

  /** Whether this line of the window is taken: all of few, one in some of many. */
  isTaken(window: number): boolean {
    if (window !== this.#window) [this.#window, this.#lines] = [window, 0];
    return ++this.#lines <= ALL_OF || this.#lines % ONE_IN === 0;
  }

  /** Takes a value of a slot, by its place, or of a field, by its name, and the instance that wrote it, where it is named. */
  add(window: number, slot: string | number, value: number, kind: NumberKind, instance: string | null = null): void {
    const watched = (typeof slot === 'number' ? this.#places[slot] : this.#slots.get(slot)) ?? this.#watch(slot, kind);
    if (watched === null) return;
    const { series } = watched;
    if (watched.last?.window !== window) watched.last = { window, open: openWindow(watched, window) };
    const { open } = watched.last;
    if (series.last !== null && value !== series.last) {
      open.changes += 1;
      if (value > series.last) open.rises += 1;
    }
    series.last = value;
    // Counts that turn out to have fractions are judged as they began: one scale a series.
    addValue(open.sketch, value, series.kind);
    if (instance !== null && (watched.instances !== null || areAmounts(series)))
      (watched.instances ??= new Instances()).add(instance, window, toScale(value, series.kind), findMiddle(series));
  }

  #watch(slot: string | number, kind: NumberKind): Watched | null {
    return this.#slots.size < MOST_SLOTS
      ? this.#put(slot, { series: startSeries(kind), open: new Map(), last: null, instances: null })
      : null;
  }

  #put(slot: string | number, watched: Watched): Watched {
    this.#slots.set(slot, watched);
    if (typeof slot === 'number') this.#places[slot] = watched;
    return watched;
  }

  /** Instances that are unlike their siblings in the window that was closed last, by slot. */
  odd: [slot: string | number, odd: OddInstance][] = [];

  /** Closes the window: the shifts that last, by slot. */
  close(window: number, fade: number): [slot: string | number, shift: Shift][] {
    const shifts: [string | number, Shift][] = [];
    this.odd = [];
    for (const [slot, watched] of this.#slots) {
      const { series, open } = watched;
      const closed = open.get(window);
      if (!closed) continue;
      open.delete(window);
      watched.last = null;
      const shift = foldSeries(series, closed, fade);
      if (shift !== null) shifts.push([slot, shift]);
      const odd = watched.instances?.close(series.kind, areAmounts(series));
      if (odd) this.odd.push([slot, odd]);
    }
    return shifts;
  }

  /** The values of two windows that are open, by slot: of those that have some in both. */
  between(a: number, b: number): { slot: string | number; kind: NumberKind; first: SeriesWindow; second: SeriesWindow }[] {
    return [...this.#slots].flatMap(([slot, { series, open }]) => {
      const [first, second] = [open.get(a), open.get(b)];
      return first && second ? [{ slot, kind: series.kind, first, second }] : [];
    });
  }

  save(): SavedTemplateSeries {
    const slots = [...this.#slots].map(([slot, { series, open, instances }]): SavedTemplateSeries['slots'][number] => {
      const saved = { ...structuredClone({ ...series, waiting: null }), waiting: saveSketch(series.waiting) };
      const windows = [...open].map(([window, one]): [number, SavedWindow] => [window, { ...one, sketch: saveSketch(one.sketch) }]);
      return instances ? [slot, saved, windows, instances.save()] : [slot, saved, windows];
    });
    return { width: this.width, bare: this.bare, window: this.#window, lines: this.#lines, mix: this.mix && this.mix.save(), slots };
  }

  static load({ width, bare, window, lines, mix, slots }: SavedTemplateSeries): TemplateSeries {
    const loaded = new TemplateSeries(width);
    [loaded.bare, loaded.#window, loaded.#lines] = [bare, window, lines];
    loaded.mix = mix && CodeMix.load(mix);
    for (const [slot, series, open, instances] of structuredClone(slots)) {
      loaded.#put(slot, {
        // What older releases saved has no lasting shift that says how far it went.
        series: { ...series, reached: series.reached ?? [0, 0], waiting: loadSketch(series.waiting) },
        open: new Map(open.map(([window, one]) => [window, { ...one, sketch: loadSketch(one.sketch) }])),
        last: null,
        instances: instances ? Instances.load(instances) : null,
      });
    }
    return loaded;
  }
}

function openWindow({ open }: Watched, window: number): SeriesWindow {
  const known = open.get(window);
  if (known) return known;
  const fresh = { sketch: startSketch(), changes: 0, rises: 0 };
  open.set(window, fresh);
  return fresh;
}
