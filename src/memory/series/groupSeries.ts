import type { JsonObject } from '../../event.ts';
import type { Scanner } from '../scan/scanner.ts';
import { T_EMPTY, T_NUMBER, VAR } from '../scan/shape.ts';
import type { Alignment } from '../templates/pieces.ts';
import type { Template } from '../templates/template.ts';
import { readInstance } from '../windows/facets.ts';
import { CodeMix, type MixShift } from './codeMix.ts';
import type { OddInstance } from './instances.ts';
import { isMeasure } from './measureNames.ts';
import { readNumber } from './readNumber.ts';
import type { Shift } from './slotSeries.ts';
import { TemplateSeries, type SavedTemplateSeries } from './templateSeries.ts';

/** Lines a template must have before its numbers are watched: most templates have few. */
const WATCHED_FROM = 16;
/** Lines without a number beside them after which only one in as many is looked at. */
const BARE = 64;
/** Templates of a group whose numbers are watched; the longest unseen make room. */
const MOST_TEMPLATES = 256;

export type SavedSeries = [template: string, seen: number, series: SavedTemplateSeries][];

/** The numbers of one template, and the last index of a window in which it was seen. */
export interface WatchedTemplate {
  series: TemplateSeries;
  seen: number;
}

/** A shift with what it is of: a slot of the template by its place, or a field by its name. */
export interface TemplateShift extends Shift {
  slot: string | number;
  /** The template has other numbers that are watched. */
  several: boolean;
}

/** An instance with the slot in which it is unlike its siblings. */
export interface TemplateOdd extends OddInstance {
  slot: string | number;
  several: boolean;
}

/**
 * The numbers in the lines of a group, watched by template and slot: bounded sketches of each window, and where their middle
 * and their tail have been lying. What is kept of a value is the bin it fell into.
 */
export class GroupSeries {
  /** What is left of the past after one window. */
  readonly #fade: number;
  /** Null while no template has lines enough. */
  #templates: Map<string, WatchedTemplate> | null = null;
  /** Changes whenever what `find` gave may have been replaced. */
  version = 0;
  /** Of the last window; null where nothing shifted. */
  #shifts: Map<string, TemplateShift[]> | null = null;
  #mixes: Map<string, MixShift> | null = null;

  /** @param halfLife of the past, in windows */
  constructor(halfLife: number) {
    this.#fade = 2 ** (-1 / halfLife);
  }

  /** The series of a template; null while it has too few lines to be watched. */
  find(template: Template, window: number): WatchedTemplate | null {
    if (template.count < WATCHED_FROM) return null;
    const templates = (this.#templates ??= new Map());
    const known = templates.get(template.id);
    const width = template.kinds.length;
    if (known?.series.width === width) return known;
    if (templates.size >= MOST_TEMPLATES && !known) this.#evict();
    const fresh = { series: new TemplateSeries(width), seen: window };
    templates.set(template.id, fresh);
    this.version += 1;
    return fresh;
  }

  /** Closes a window; what shifted is asked for template by template. */
  close(window: number): void {
    this.#shifts = null;
    this.#mixes = null;
    for (const [id, { series }] of this.#templates ?? []) {
      const shifts = series.close(window, this.#fade).map(([slot, shift]) => ({ ...shift, slot, several: series.size > 1 }));
      if (shifts.length > 0) (this.#shifts ??= new Map()).set(id, shifts);
      const mix = series.mix?.close(window, this.#fade);
      if (mix) (this.#mixes ??= new Map()).set(id, mix);
    }
  }

  /** The shifts of the window that was closed last. */
  findShifts(template: string): readonly TemplateShift[] {
    return this.#shifts?.get(template) ?? [];
  }

  /** The instances of its lines that were unlike the others in that window. */
  findOdd(template: string): readonly TemplateOdd[] {
    const series = this.#templates?.get(template)?.series;
    return series ? series.odd.map(([slot, odd]) => ({ ...odd, slot, several: series.size > 1 })) : [];
  }

  /** The code that gained most in that window among those in one place of the template. */
  findMix(template: string): MixShift | null {
    return this.#mixes?.get(template) ?? null;
  }

  save(): SavedSeries {
    return [...(this.#templates ?? [])].map(([id, { series, seen }]) => [id, seen, series.save()]);
  }

  load(saved: SavedSeries | undefined): void {
    this.#templates = null;
    this.version += 1;
    for (const [id, seen, series] of saved ?? []) (this.#templates ??= new Map()).set(id, { seen, series: TemplateSeries.load(series) });
  }

  #evict(): void {
    let oldest: string | null = null;
    let least = Infinity;
    for (const [id, { seen }] of this.#templates ?? []) if (seen < least) [oldest, least] = [id, seen];
    if (oldest !== null) this.#templates?.delete(oldest);
  }
}

/** Takes the line the scanner has just read, which belongs to the template, and the fields beside it. */
export function takeNumbers(
  watched: WatchedTemplate,
  window: number,
  { template, scan, align }: { template: Template; scan: Scanner; align: Alignment | null },
  metadata: JsonObject,
): void {
  const { series } = watched;
  if (window > watched.seen) watched.seen = window;
  const code = template.codePlaces[0];
  if (code !== undefined) {
    const at = align ? align.from[code]! : code;
    (series.mix ??= new CodeMix()).add(window, scan.readText(scan.start[at]!, scan.end[at]!));
  }
  if (!series.isTaken(window)) return;
  const { slots, kinds } = template;
  const instance = series.unnamed < BARE || series.unnamed % BARE === 0 ? readInstance(metadata) : null;
  series.unnamed = instance === null ? series.unnamed + 1 : 0;
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i];
    if (!slot || kinds[i] !== VAR || (slot.types & ~T_EMPTY) !== T_NUMBER) continue;
    const start = scan.start[align ? align.from[i]! : i]!;
    const end = scan.end[align ? align.to[i]! : i]!;
    const count = scan.countAt(start, end);
    const number = count < 0 ? readNumber(scan.readText(start, end)) : null;
    if (count >= 0) series.add(window, i, count, 'integer', instance);
    else if (number) series.add(window, i, number.value, number.kind, instance);
  }
  // Lines of one template have the same fields beside them, more or less.
  if (series.bare < BARE || series.bare % BARE === 0) takeFields(series, window, metadata, instance);
  else series.bare += 1;
}

function takeFields(series: TemplateSeries, window: number, metadata: JsonObject, instance: string | null): void {
  let isBare = true;
  for (const name in metadata) {
    const value = metadata[name];
    if (typeof value !== 'number' || !isMeasure(name)) continue;
    series.add(window, name, value, Number.isInteger(value) ? 'integer' : 'decimal', instance);
    isBare = false;
  }
  series.bare = isBare ? series.bare + 1 : 0;
}
