// One file, because every line goes through it, and its steps share one state.
import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import type { Reading } from '../codes/readEvent.ts';
import { digest } from '../../base/digest.ts';
import type { Scanner, TokenTest } from '../scan/scanner.ts';
import { scannerFor } from './scannerFor.ts';
import { FLAT_TEMPLATES, LINES_A_TEMPLATE, defaultLimits, type TemplateLimits } from './limits.ts';
import type { LineageRecord } from './lineage.ts';
import { EvictedTemplates, type SavedShape } from './evictedTemplates.ts';
import { Registry } from './registry.ts';
import { signatureKey } from './signature.ts';
import type { Alignment } from './pieces.ts';
import { Template, type SavedTemplate } from './template.ts';

export { defaultLimits, type TemplateLimits } from './limits.ts';
export type { LineageRecord } from './lineage.ts';
export { Template, type SavedTemplate } from './template.ts';

export interface TemplateIndexOptions {
  group: string;
  limits?: Partial<TemplateLimits>;
  /** Match only, learn nothing. */
  freeze?: boolean | undefined;
  /** Tokens that are values whatever they look like. */
  mask?: TokenTest | undefined;
  /** Tokens that stay apart whatever they look like. */
  keep?: TokenTest | undefined;
}

interface SavedIndex {
  born: number;
  credit: number;
  overflow: string | null;
  unknown: number;
  evictions: number;
  templates: SavedTemplate[];
  routes: [number, string, Alignment][];
  lineage: LineageRecord[];
  evicted: SavedTemplate[];
  graves?: SavedShape[];
}

/**
 * The templates of one group, learned line by line: which constant shape a line has and what stands in its slots.
 *
 * A line is scanned once; its signature leads straight to its template. New shapes are compared with those they
 * differ from in one place or in their names only, and become one with them when the evidence is enough. Nothing
 * depends on a clock, on randomness or, but for ids and what was evicted, on the order of the lines.
 */
export class TemplateIndex {
  readonly group: string;
  readonly limits: TemplateLimits;
  /** Lines a frozen index did not know. */
  unknown = 0;
  /** Templates that had to go because there were too many. */
  evictions = 0;
  /** The template the last line was known by, and where its tokens lie in it; null when it was founded by that line. */
  lastTemplate: Template | null = null;
  lastAlign: Alignment | null = null;
  /** Holds the tokens of the last line. */
  readonly scanner: Scanner;
  readonly #freeze: boolean;
  #registry: Registry;
  /** Null while nothing was evicted. */
  #shapes: EvictedTemplates | null = null;
  #evicted: SavedTemplate[] = [];
  /** Templates founded so far. */
  #born = 0;
  /** How many more lines' worth of templates may be founded. */
  #credit: number;
  /** What lines count under when credit is spent. */
  #overflow: Template | null = null;

  constructor(options: TemplateIndexOptions) {
    this.group = options.group;
    this.limits = { ...defaultLimits, ...options.limits };
    this.#freeze = options.freeze ?? false;
    this.#credit = this.#fullCredit;
    this.#registry = new Registry(this.limits);
    this.scanner = scannerFor({ ...this.limits, mask: options.mask, keep: options.keep });
  }

  /**
   * Counts one line that came at `at` (milliseconds); returns its template, which a later line may merge into another
   * (`get` follows). Null only when the index is frozen and does not know the line. A `reading` is scanned in place of
   * the text, which stays what examples show.
   */
  learn(text: string, at: number, eventId: string, reading: Reading | null = null): Template | null {
    const scan = this.scanner;
    const key = signatureKey(scan.hash, reading === null ? scan.scan(text) : scan.read(reading));
    let template = this.#registry.exactly(key) ?? null;
    let align: Alignment | null = null;
    if (!template) {
      const route = this.#registry.find(key, scan);
      if (route) ({ template, align } = route);
    }
    if (this.#freeze) return this.#known(template, key);
    if (this.#credit < this.#fullCredit) this.#credit++;
    this.lastTemplate = template;
    this.lastAlign = align;
    if (!template) return this.#found(text, at, eventId, key, reading);
    template.observe(text, at, eventId, scan, align);
    return template;
  }

  /** The live template with this id, or the one it was merged into. */
  get(id: string): Template | undefined {
    return this.#registry.get(id);
  }

  /** Live templates in founding order. */
  all(): Iterable<Template> {
    return [...this.#registry.live.values()].sort((a, b) => a.born - b.born);
  }

  /** About how many bytes its templates hold. */
  get bytes(): number {
    return this.#registry.bytes;
  }

  /** How many templates are live. */
  get size(): number {
    return this.#registry.live.size;
  }

  /** Lines that came while too much was new, counted under one template. */
  get overflowed(): number {
    return this.#overflow?.count ?? 0;
  }

  /** Merges since the last call, in the order they were made. */
  takeLineage(): LineageRecord[] {
    const taken = this.#registry.lineage;
    this.#registry.lineage = [];
    return taken;
  }

  /** Templates evicted since the last call, whole: for whoever keeps tombstones. */
  takeEvicted(): SavedTemplate[] {
    const taken = this.#evicted;
    this.#evicted = [];
    return taken;
  }

  /** Everything that decides what later lines do, as plain data that later lines do not change. */
  save(): Json {
    const state: SavedIndex = {
      born: this.#born,
      credit: this.#credit,
      overflow: this.#overflow?.id ?? null,
      unknown: this.unknown,
      evictions: this.evictions,
      templates: Array.from(this.all(), (template) => template.save()),
      routes: this.#registry.saveRoutes(),
      lineage: [...this.#registry.lineage],
      evicted: [...this.#evicted],
      graves: this.#shapes?.save() ?? [],
    };
    return toSaved(state);
  }

  /** Replaces everything with what `save` of an index with the same options returned. */
  load(json: Json): void {
    const state = fromSaved<SavedIndex>(structuredClone(json));
    this.#registry = new Registry(this.limits);
    this.#registry.lineage = state.lineage;
    this.#overflow = null;
    ({ born: this.#born, credit: this.#credit, unknown: this.unknown, evictions: this.evictions, evicted: this.#evicted } = state);
    for (const saved of state.templates) {
      const template = Template.load(saved, this.limits.maxSlotValues);
      if (saved.id === state.overflow) this.#registry.live.set(saved.id, (this.#overflow = template));
      else this.#registry.link(template);
    }
    this.#registry.loadRoutes(state.routes);
    this.#shapes = null;
    if (state.graves && state.graves.length > 0) (this.#shapes = this.#noShapes()).load(state.graves);
  }

  get #fullCredit(): number {
    return (this.limits.maxTemplates >> 2) * LINES_A_TEMPLATE;
  }

  /** What a frozen index says of a line. */
  #known(template: Template | null, key: number): Template | null {
    if (template) return template;
    const route = this.#registry.findBySkeleton(key, this.#shapeOfLine(''));
    if (!route) this.unknown++;
    return route?.template ?? null;
  }

  #shapeOfLine(id: string): Template {
    return Template.found(id, this.#born, this.scanner, this.limits.maxSlotValues);
  }

  /** A quarter of the limit: room and checkpoints are for what is live. */
  #noShapes(): EvictedTemplates {
    return new EvictedTemplates(this.limits.maxTemplates >> 2, this.limits.maxSlotValues);
  }

  #found(text: string, at: number, eventId: string, key: number, reading: Reading | null): Template {
    const revived = this.#shapes?.revive(key, this.scanner) ?? null;
    if (revived && this.#mayEnter(revived.template)) return this.#enter(revived.template, text, at, eventId, revived.align);
    const isFlat = reading?.flat ?? false;
    if (this.#credit < (isFlat ? -FLAT_TEMPLATES : 1) * LINES_A_TEMPLATE) {
      // Too many paths: what is told apart is how they were asked for and answered.
      const flat = reading?.request && !isFlat ? this.learn(text, at, eventId, { ...reading, flat: true }) : null;
      return flat ?? this.#overflowing(text, at, eventId);
    }
    const template = this.#shapeOfLine(this.#idFor(key));
    const route = this.#registry.findBySkeleton(key, template);
    if (route) {
      route.template.observe(text, at, eventId, this.scanner, route.align);
      return route.template;
    }
    this.#born++;
    this.#credit -= LINES_A_TEMPLATE;
    return this.#enter(template, text, at, eventId, null);
  }

  /** Whether its name is free; names of those merged into it that were given anew since are theirs. */
  #mayEnter(template: Template): boolean {
    template.aliases = template.aliases.filter((id) => !this.get(id));
    return !this.get(template.id);
  }

  /** A template that is not live comes in with a line. */
  #enter(template: Template, text: string, at: number, eventId: string, align: Alignment | null): Template {
    template.observe(text, at, eventId, this.scanner, align);
    this.#registry.settle(template, at);
    if (this.size > this.limits.maxTemplates) this.#evict(template);
    return this.get(template.id)!;
  }

  /** The name of a template by the signature it was founded with; another when that is taken by one that has changed. */
  #idFor(key: number): string {
    const id = digest(`${this.group}\n${key}`);
    return this.get(id) ? digest(`${this.group}\n${key}\n${this.#born}`) : id;
  }

  #overflowing(text: string, at: number, eventId: string): Template {
    if (!this.#overflow) {
      const id = digest(`${this.group}\noverflow`);
      this.#overflow = new Template({ id, born: this.#born++, hashes: [], kinds: [], texts: [], glue: ['<*>'], slots: [] });
      this.#registry.live.set(id, this.#overflow);
    }
    this.#overflow.observe(text, at, eventId, this.scanner, null);
    return this.#overflow;
  }

  /** Makes room for an eighth of the limit: the rarest, then the longest unseen go; never the newest. */
  #evict(newest: Template): void {
    const stay = this.get(newest.id);
    const order = [...this.all()].filter((t) => t !== this.#overflow && t !== stay);
    order.sort((a, b) => a.count - b.count || a.lastSeen - b.lastSeen || a.born - b.born);
    for (const template of order.slice(0, Math.max(1, this.limits.maxTemplates >> 3))) {
      this.#registry.remove(template);
      (this.#shapes ??= this.#noShapes()).add(template);
      this.#evicted.push(template.save());
      if (this.#evicted.length > this.limits.maxRecords) this.#evicted.shift();
      this.evictions++;
    }
  }
}
