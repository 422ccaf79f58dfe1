import { CONST, SOFT, T_WORD, VAR } from '../shape.ts';
import { VALUE, type Scanner } from '../scanner.ts';
import { hashWord } from '../words.ts';
import { SlotStats, copyOf, type SavedSlot } from './slotStats.ts';
import type { Skeleton } from './skeleton.ts';

/** A position whose tokens look constant and which evidence has shown to be a value. */
export const WILD = 3;

/** Characters of an example line that are kept. */
const SAMPLE_LENGTH = 4096;
/** Stands for the further records of a list. */
const ELLIPSIS = ' … ';

/** One line kept as an example. */
export interface Sample {
  id: string;
  at: number;
  text: string;
}

/** Where a template's tokens lie in a line: the first and last token of the line for each token of the template. */
export interface Alignment {
  from: number[];
  to: number[];
}

export interface SavedTemplate {
  id: string;
  born: number;
  count: number;
  seen: [number, number];
  hashes: number[];
  kinds: number[];
  texts: string[];
  glue: string[];
  slots: (SavedSlot | null)[];
  samples: [Sample, Sample, Sample];
  difference: number;
  aliases: string[];
}

/**
 * The constant shape of lines, with what was seen in its slots. Plain data with the few operations that keep it
 * consistent; which lines belong to it is the index's business.
 */
export class Template {
  count = 0;
  firstSeen = Infinity;
  lastSeen = -Infinity;
  /** Ids of templates that were merged into this one. */
  aliases: string[] = [];
  /** The first line, the one among those looked at that differs most from it, and the last. */
  oldest: Sample = { id: '', at: 0, text: '' };
  middle: Sample = { id: '', at: 0, text: '' };
  newest: Sample = { id: '', at: 0, text: '' };
  private difference = -1;
  readonly id: string;
  /** Founding order in the index, from 0. */
  readonly born: number;
  /** The signature: a hash for what is constant, VALUE for values. */
  hashes: number[];
  kinds: number[];
  /** The founding line's tokens, and what stood before, between and behind them. */
  texts: string[];
  glue: string[];
  slots: (SlotStats | null)[];

  constructor(parts: Pick<Template, 'id' | 'born' | 'hashes' | 'kinds' | 'texts' | 'glue' | 'slots'>) {
    this.id = parts.id;
    this.born = parts.born;
    this.hashes = parts.hashes;
    this.kinds = parts.kinds;
    this.texts = parts.texts;
    this.glue = parts.glue;
    this.slots = parts.slots;
  }

  /** A template from the line the scanner has just read. */
  static found(id: string, born: number, scan: Scanner, slotValues: number): Template {
    const n = scan.length;
    const texts: string[] = [];
    const glue: string[] = [];
    let at = 0;
    for (let i = 0; i < n; i++) {
      glue.push(scan.elidedBefore(i) ? ELLIPSIS : scan.textOf(at, scan.start[i]!));
      at = scan.end[i]!;
      texts.push(scan.textOf(scan.start[i]!, at));
    }
    glue.push(scan.elidedBefore(n) ? ELLIPSIS.trimEnd() : scan.tail(at));
    const kinds = Array.from(scan.kind.subarray(0, n));
    const slots = kinds.map((kind) => (kind === CONST ? null : new SlotStats(slotValues)));
    return new Template({ id, born, hashes: Array.from(scan.hash.subarray(0, n)), kinds, texts, glue, slots });
  }

  /** Counts the line the scanner has just read. `align` is null when tokens correspond one to one. */
  observe(text: string, at: number, eventId: string, scan: Scanner, align: Alignment | null): void {
    const sample = { id: eventId, at, text: text.length > SAMPLE_LENGTH ? copyOf(text.slice(0, SAMPLE_LENGTH)) : text };
    const first = this.count === 0;
    this.count++;
    if (at < this.firstSeen) this.firstSeen = at;
    if (at > this.lastSeen) this.lastSeen = at;
    // Samples are chosen before the slots count the line: the middle one is judged by the values it brings.
    if (first || at < this.oldest.at) this.oldest = sample;
    if (first || at >= this.newest.at) this.newest = sample;
    // Only at powers of two: spread over the life of the template, at no cost in between.
    if ((this.count & (this.count - 1)) === 0) this.consider(sample);
    const { slots } = this;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i];
      if (!slot) continue;
      const from = align ? align.from[i]! : i;
      const to = align ? align.to[i]! : i;
      slot.add(() => scan.textOf(scan.start[from]!, scan.end[to]!), rawOf(scan, from, to), typeOf(scan, from, to));
    }
  }

  /** Takes in a template of the same length; positions where they differ become values. */
  absorb(other: Template, slotValues: number): void {
    for (let i = 0; i < this.hashes.length; i++) {
      const differs = this.hashes[i] !== other.hashes[i] || this.kinds[i] === WILD || other.kinds[i] === WILD;
      if (differs) this.open(i, slotValues);
      const slot = this.slots[i];
      if (slot) slot.absorb(other.slotAt(i, slotValues));
    }
    this.takeCounts(other);
  }

  /** Takes in the counts and samples of a template whose values are accounted for. */
  takeCounts(other: Template): void {
    this.count += other.count;
    this.firstSeen = Math.min(this.firstSeen, other.firstSeen);
    this.lastSeen = Math.max(this.lastSeen, other.lastSeen);
    const oldest = other.oldest.at < this.oldest.at ? other.oldest : this.oldest;
    this.newest = other.newest.at > this.newest.at ? other.newest : this.newest;
    const spare = oldest === this.oldest ? other.oldest : this.oldest;
    this.oldest = oldest;
    this.consider(spare);
    this.aliases.push(other.id, ...other.aliases);
  }

  /** Makes position `i` a value whatever its tokens look like. */
  open(i: number, slotValues: number): void {
    if (this.kinds[i] === WILD) return;
    this.slots[i] = this.slotAt(i, slotValues);
    this.kinds[i] = WILD;
    this.hashes[i] = VALUE;
  }

  /** Becomes its skeleton: every run the skeleton has joined is one open position. */
  become(skeleton: Skeleton, slotValues: number): void {
    const { from, to } = skeleton;
    const slots = from.map((i, k) => {
      if (skeleton.hashes[k] !== VALUE) return null;
      return to[k] === i ? this.slotAt(i, slotValues) : this.slotOfRun(i, to[k]!, slotValues);
    });
    this.kinds = from.map((i, k) => (slots[k] && (to[k]! > i || this.kinds[i]! < VAR) ? WILD : this.kinds[i]!));
    this.texts = from.map((i, k) => this.runText(i, to[k]!));
    this.glue = [...from.map((i) => this.glue[i]!), this.glue.at(-1)!];
    this.slots = slots;
    this.hashes = [...skeleton.hashes];
  }

  save(): SavedTemplate {
    return {
      id: this.id,
      born: this.born,
      count: this.count,
      seen: [this.firstSeen, this.lastSeen],
      hashes: [...this.hashes],
      kinds: [...this.kinds],
      texts: [...this.texts],
      glue: [...this.glue],
      slots: this.slots.map((slot) => slot && slot.save()),
      samples: [this.oldest, this.middle, this.newest],
      difference: this.difference,
      aliases: [...this.aliases],
    };
  }

  static load(saved: SavedTemplate, slotValues: number): Template {
    const slots = saved.slots.map((slot) => slot && SlotStats.load(slot, slotValues));
    const template = new Template({ ...saved, slots });
    template.count = saved.count;
    [template.firstSeen, template.lastSeen] = saved.seen;
    [template.oldest, template.middle, template.newest] = saved.samples;
    template.difference = saved.difference;
    template.aliases = saved.aliases;
    return template;
  }

  private runText(from: number, to: number): string {
    let text = this.texts[from]!;
    for (let i = from + 1; i <= to; i++) text += this.glue[i]! + this.texts[i]!;
    return text;
  }

  /** Tokens that become one value: which of their values came together is known only when they were constant. */
  private slotOfRun(from: number, to: number, slotValues: number): SlotStats {
    const run = new SlotStats(slotValues);
    const constant = this.kinds.slice(from, to + 1).every((kind) => kind === CONST);
    const text = this.runText(from, to);
    run.add(() => text, hashWord(text), T_WORD, constant ? this.count : 1);
    run.total = this.count;
    for (let i = from; i <= to; i++) run.types |= this.slots[i]?.types ?? 0;
    return run;
  }

  private slotAt(i: number, slotValues: number): SlotStats {
    const slot = this.slots[i];
    if (slot && this.kinds[i] !== SOFT) return slot;
    const fresh = slot ?? new SlotStats(slotValues);
    const text = this.texts[i]!;
    if (!slot) fresh.add(() => text, this.hashes[i]!, T_WORD, this.count);
    return fresh;
  }

  private consider(sample: Sample): void {
    const difference = differenceOf(this.oldest.text, sample.text);
    if (difference < this.difference) return;
    this.difference = difference;
    this.middle = sample;
  }
}

/** Hash of the line's tokens `from` to `to` as one value. */
function rawOf(scan: Scanner, from: number, to: number): number {
  let raw = scan.raw[from]!;
  for (let i = from + 1; i <= to; i++) raw = Math.imul(raw ^ scan.raw[i]!, 0x01000193);
  return raw;
}

/** What the line's tokens `from` to `to` look like, words included. */
function typeOf(scan: Scanner, from: number, to: number): number {
  let types = 0;
  for (let i = from; i <= to; i++) types |= scan.kind[i] === CONST ? T_WORD : scan.type[i]!;
  return types;
}

/** How many characters differ, position by position, over the first 512. */
function differenceOf(a: string, b: string): number {
  const n = Math.min(a.length, b.length, 512);
  let different = Math.min(512, Math.abs(a.length - b.length));
  for (let i = 0; i < n; i++) if (a.charCodeAt(i) !== b.charCodeAt(i)) different++;
  return different;
}
