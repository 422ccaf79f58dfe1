import { CodeMix, type SavedMix } from './codeMix.ts';
import type { NumberKind } from './readNumber.ts';
import { addValue, loadSketch, saveSketch, startSketch, type SavedSketch } from './sketch.ts';
import { foldSeries, startSeries, type SeriesWindow, type Shift, type SlotSeries } from './slotSeries.ts';

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
}

export type SavedTemplateSeries = {
  width: number;
  bare: number;
  window: number;
  lines: number;
  mix: SavedMix | null;
  slots: [
    string | number,
    Omit<SlotSeries, 'waiting'> & { waiting: SavedSketch },
    [number, { sketch: SavedSketch; changes: number; rises: number }][],
  ][];
};

/** The numbers in the lines of one template: each slot by its place, each field beside them by its name. */
export class TemplateSeries {
  /** Tokens of the template when the series began: places mean other slots in another shape. */
  readonly width: number;
  /** Lines in a row without a number beside them. */
  bare = 0;
  /** The exact codes in its first place for them; null while it has none. */
  mix: CodeMix | null = null;
  /** The window that the last line was in, and how many lines it has had. */
  #window = -1;
  #lines = 0;
  readonly #slots = new Map<string | number, Watched>();

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

  /** Takes a value of a slot, by its place, or of a field, by its name. */
  add(window: number, slot: string | number, value: number, kind: NumberKind): void {
    let watched = this.#slots.get(slot);
    if (!watched) {
      if (this.#slots.size >= MOST_SLOTS) return;
      this.#slots.set(slot, (watched = { series: startSeries(kind), open: new Map() }));
    }
    const { series } = watched;
    let open = watched.open.get(window);
    if (!open) watched.open.set(window, (open = { sketch: startSketch(), changes: 0, rises: 0 }));
    if (series.last !== null && value !== series.last) {
      open.changes += 1;
      if (value > series.last) open.rises += 1;
    }
    series.last = value;
    // Counts that turn out to have fractions are judged as they began: one scale a series.
    addValue(open.sketch, value, series.kind);
  }

  /** Closes the window: the shifts that last, by slot. */
  close(window: number, fade: number): [slot: string | number, shift: Shift][] {
    const shifts: [string | number, Shift][] = [];
    for (const [slot, { series, open }] of this.#slots) {
      const closed = open.get(window);
      if (!closed) continue;
      open.delete(window);
      const shift = foldSeries(series, closed, fade);
      if (shift !== null) shifts.push([slot, shift]);
    }
    return shifts;
  }

  save(): SavedTemplateSeries {
    const slots = [...this.#slots].map(([slot, { series, open }]): SavedTemplateSeries['slots'][number] => [
      slot,
      { ...structuredClone({ ...series, waiting: null }), waiting: saveSketch(series.waiting) },
      [...open].map(([window, one]) => [window, { ...one, sketch: saveSketch(one.sketch) }]),
    ]);
    return { width: this.width, bare: this.bare, window: this.#window, lines: this.#lines, mix: this.mix && this.mix.save(), slots };
  }

  static load({ width, bare, window, lines, mix, slots }: SavedTemplateSeries): TemplateSeries {
    const loaded = new TemplateSeries(width);
    [loaded.bare, loaded.#window, loaded.#lines] = [bare, window, lines];
    loaded.mix = mix && CodeMix.load(mix);
    for (const [slot, series, open] of structuredClone(slots)) {
      loaded.#slots.set(slot, {
        series: { ...series, waiting: loadSketch(series.waiting) },
        open: new Map(open.map(([window, one]) => [window, { ...one, sketch: loadSketch(one.sketch) }])),
      });
    }
    return loaded;
  }
}
