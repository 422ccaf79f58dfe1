// One file, because what a template holds is changed, merged and saved together.
import { classByHash } from '../codes/codeClass.ts';
import { CODE, CONST, SOFT, T_WORD, VAR } from '../scan/shape.ts';
import { VALUE, type Scanner } from '../scan/scanner.ts';
import { hashWord } from '../scan/words.ts';
import { distinctForms, formsAfter, formsOpened, type Form } from './forms.ts';
import { WILD, type Alignment } from './pieces.ts';
import { Samples, type SavedSamples } from './samples.ts';
import { holdsFields, makeSkeleton, type Doubts, type Skeleton } from './skeleton.ts';
import { SlotStats, type SavedSlot } from './slotStats.ts';

/** Stands for the further records of a list. */
const ELLIPSIS = ' … ';

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
  samples: SavedSamples;
  aliases: string[];
  forms?: Form[];
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
  /** Other shapes of its lines. */
  forms: Form[] = [];
  /** Bytes it was counted with when it was filed; 0 while it is not. */
  filed = 0;
  /** Example lines. */
  samples = new Samples();
  /** Positions of its codes; null until asked for. */
  #codes: number[] | null = null;
  #skeletons: { names?: Skeleton | null; words?: Skeleton | null } = {};
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
      glue.push(scan.elidedBefore(i) ? ELLIPSIS : scan.readText(at, scan.start[i]!));
      at = scan.end[i]!;
      const text = scan.readText(scan.start[i]!, at);
      texts.push(scan.kind[i] === CODE ? (classByHash(scan.hash[i]!)?.text ?? text) : text);
    }
    glue.push(scan.elidedBefore(n) ? ELLIPSIS.trimEnd() : scan.tail(at));
    // Copied once more: an array that grew holds room for more, and templates live long.
    return Template.bare(
      {
        id,
        born,
        hashes: Array.from(scan.hash.subarray(0, n)).slice(),
        kinds: Array.from(scan.kind.subarray(0, n)).slice(),
        texts: texts.slice(),
        glue: glue.slice(),
        aliases: [],
      },
      slotValues,
    );
  }

  /** A template of which nothing is known but its shape and its names. */
  static bare(
    shape: Pick<SavedTemplate, 'id' | 'born' | 'hashes' | 'kinds' | 'texts' | 'glue' | 'aliases' | 'forms'>,
    slotValues: number,
  ): Template {
    const template = new Template({ ...shape, slots: shape.kinds.map((kind) => (holdsValues(kind) ? new SlotStats(slotValues) : null)) });
    template.aliases = shape.aliases;
    template.forms = shape.forms ?? [];
    return template;
  }

  /** Counts the line the scanner has just read. `align` is null when tokens correspond one to one. */
  observe(text: string, at: number, eventId: string, scan: Scanner, align: Alignment | null): void {
    this.count++;
    if (at < this.firstSeen) this.firstSeen = at;
    if (at > this.lastSeen) this.lastSeen = at;
    this.samples.add(eventId, at, text, this.count);
    if (align) this.#observeAligned(scan, align);
    else this.#observeInPlace(scan);
  }

  /** Takes in a template of the same length; positions where they differ become values. */
  absorb(other: Template, slotValues: number): void {
    for (let i = 0; i < this.hashes.length; i++) {
      const differs = this.hashes[i] !== other.hashes[i] || this.kinds[i] === WILD || other.kinds[i] === WILD;
      if (differs) this.open(i, slotValues);
      const slot = this.slots[i];
      if (slot) slot.absorb(other.#slotAt(i, slotValues));
    }
    this.count += other.count;
    this.firstSeen = Math.min(this.firstSeen, other.firstSeen);
    this.lastSeen = Math.max(this.lastSeen, other.lastSeen);
    this.samples.absorb(other.samples);
    this.aliases.push(other.id, ...other.aliases);
    this.forms = distinctForms([...this.forms, ...other.forms]);
  }

  /** Its skeleton, or null when nothing in it is in doubt; worked out once for the pieces it has. */
  skeleton(doubts: Exclude<Doubts, 'rare'>): Skeleton | null {
    const known = this.#skeletons[doubts];
    if (known !== undefined) return known;
    // Most lines have neither fields nor quotes: their words are in no doubt beyond their names.
    const same = doubts === 'words' && !this.glue.some(holdsFields);
    return (this.#skeletons[doubts] = same ? this.skeleton('names') : makeSkeleton(this, doubts));
  }

  /** Makes position `i` a value whatever its tokens look like. */
  open(i: number, slotValues: number): void {
    if (this.kinds[i] === WILD) return;
    this.slots[i] = this.#slotAt(i, slotValues);
    this.kinds[i] = WILD;
    this.hashes[i] = VALUE;
    this.forms = formsOpened(this.forms, i);
    this.#skeletons = {};
  }

  /** Becomes its skeleton: every run the skeleton has joined is one open position. */
  become(skeleton: Skeleton, slotValues: number): void {
    const { from, to } = skeleton;
    this.forms = formsAfter(this, skeleton);
    const slots = from.map((i, k) => {
      if (skeleton.hashes[k] !== VALUE) return this.kinds[i] === CODE ? this.slots[i]! : null;
      return to[k] === i ? this.#slotAt(i, slotValues) : this.#slotOfRun(i, to[k]!, slotValues);
    });
    this.kinds = from.map((i, k) => (skeleton.hashes[k] === VALUE && (to[k]! > i || this.kinds[i]! < VAR) ? WILD : this.kinds[i]!));
    this.texts = from.map((i, k) => this.#runText(i, to[k]!));
    this.glue = [...from.map((i) => this.glue[i]!), this.glue.at(-1)!];
    this.slots = slots;
    this.hashes = [...skeleton.hashes];
    this.#codes = null;
    this.#skeletons = {};
  }

  /** Positions of its codes. */
  get codePlaces(): readonly number[] {
    return (this.#codes ??= this.kinds.flatMap((kind, i) => (kind === CODE ? [i] : [])));
  }

  /** Index in `levels` that a line of it has: the one it was `given` (-1 for none), or what its codes say. */
  levelOfLine(given: number): number {
    let rank = given;
    for (const i of this.codePlaces) {
      const code = classByHash(this.hashes[i]!);
      if (code && (given < 0 || code.always)) rank = Math.max(rank, code.rank);
    }
    return rank;
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
      samples: this.samples.save(),
      aliases: [...this.aliases],
      ...(this.forms.length > 0 ? { forms: structuredClone(this.forms) } : {}),
    };
  }

  static load(saved: SavedTemplate, slotValues: number): Template {
    const slots = saved.slots.map((slot) => slot && SlotStats.load(slot, slotValues));
    const template = new Template({ ...saved, slots });
    template.count = saved.count;
    [template.firstSeen, template.lastSeen] = saved.seen;
    template.samples = Samples.load(saved.samples);
    template.aliases = saved.aliases;
    template.forms = saved.forms ?? [];
    return template;
  }

  #observeInPlace(scan: Scanner): void {
    const { slots } = this;
    const { kind, type, raw, start, end } = scan;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i];
      if (!slot) continue;
      const place = slot.count(raw[i]!, kind[i] === CONST ? T_WORD : type[i]!);
      if (place >= 0) slot.name(place, scan.readText(start[i]!, end[i]!));
    }
  }

  #observeAligned(scan: Scanner, { from, to }: Alignment): void {
    this.slots.forEach((slot, i) => {
      if (!slot) return;
      const first = from[i]!;
      const last = to[i]!;
      const place = slot.count(readRaw(scan, first, last), findType(scan, first, last));
      if (place >= 0) slot.name(place, scan.readText(scan.start[first]!, scan.end[last]!));
    });
  }

  #runText(from: number, to: number): string {
    let text = this.texts[from]!;
    for (let i = from + 1; i <= to; i++) text += this.glue[i]! + this.texts[i]!;
    return text;
  }

  /** Tokens that become one value: which of their values came together is known only when they were constant. */
  #slotOfRun(from: number, to: number, slotValues: number): SlotStats {
    const run = new SlotStats(slotValues);
    const constant = this.kinds.slice(from, to + 1).every((kind) => kind === CONST);
    const text = this.#runText(from, to);
    run.add(text, hashWord(text), T_WORD, constant ? this.count : 1);
    run.total = this.count;
    for (let i = from; i <= to; i++) run.types |= this.slots[i]?.types ?? 0;
    return run;
  }

  #slotAt(i: number, slotValues: number): SlotStats {
    const slot = this.slots[i];
    if (slot && this.kinds[i] !== SOFT) return slot;
    const fresh = slot ?? new SlotStats(slotValues);
    const text = this.texts[i]!;
    if (!slot) fresh.add(text, this.hashes[i]!, T_WORD, this.count);
    return fresh;
  }
}

/** Whether tokens of this kind have values that are counted. */
const holdsValues = (kind: number): boolean => kind > CONST || kind === CODE;

/** Hash of the line's tokens `from` to `to` as one value. */
function readRaw(scan: Scanner, from: number, to: number): number {
  let raw = scan.raw[from]!;
  for (let i = from + 1; i <= to; i++) raw = Math.imul(raw ^ scan.raw[i]!, 0x01000193);
  return raw;
}

/** What the line's tokens `from` to `to` look like, words included. */
function findType(scan: Scanner, from: number, to: number): number {
  let types = 0;
  for (let i = from; i <= to; i++) types |= scan.kind[i] === CONST ? T_WORD : scan.type[i]!;
  return types;
}
