import type { Json } from '../event.ts';
import { digest } from './digest.ts';
import { Scanner, type TokenTest } from './scanner.ts';
import { Neighbours, type Verdict } from './templates/neighbours.ts';
import { signatureKey } from './templates/signature.ts';
import { skeletonOf } from './templates/skeleton.ts';
import { Template, WILD, type Alignment, type SavedTemplate } from './templates/template.ts';
import { Trie } from './templates/trie.ts';

export { Template } from './templates/template.ts';

export interface TemplateLimits {
  /** Live templates of the group; beyond it the rarest, then the oldest go. */
  maxTemplates: number;
  /** Tokens of a line that are told apart. */
  maxTokens: number;
  /** Bytes of a line that are read. */
  maxBytes: number;
  /** Values a slot remembers by name. */
  maxSlotValues: number;
  /** Remembered routes from signatures to templates. */
  maxSignatures: number;
  /** Merges and tombstones kept until they are taken; beyond it the first go. */
  maxRecords: number;
}

/**
 * Lines a group must bring for each new template once its first `maxTemplates` are spent. Input in which every line is
 * of a new kind has no kinds; what comes faster than this is counted under one template for everything else.
 */
const LINES_A_TEMPLATE = 32;

export const defaultLimits: TemplateLimits = {
  maxTemplates: 4096,
  maxTokens: 128,
  maxBytes: 16384,
  maxSlotValues: 16,
  maxSignatures: 8192,
  maxRecords: 10000,
};

export interface TemplateIndexOptions {
  group: string;
  limits?: Partial<TemplateLimits>;
  /** Match only, learn nothing. */
  freeze?: boolean;
  /** Tokens that are values whatever they look like. */
  mask?: TokenTest;
  /** Tokens that stay apart whatever they look like. */
  keep?: TokenTest;
}

/** Two templates turned out to be one. */
export interface LineageRecord {
  merged: true;
  from: string;
  into: string;
  /** Event time in milliseconds of the line that brought the evidence. */
  at: number;
}

interface SavedIndex {
  born: number;
  credit: number;
  overflow: string | null;
  unknown: number;
  evictions: number;
  templates: SavedTemplate[];
  lineage: LineageRecord[];
  evicted: SavedTemplate[];
}

interface Route {
  template: Template;
  align: Alignment | null;
}

/** The templates of one group. */
export class TemplateIndex {
  readonly group: string;
  readonly limits: TemplateLimits;
  /** Lines a frozen index did not know. */
  unknown = 0;
  evictions = 0;
  private readonly freeze: boolean;
  private readonly scanner: Scanner;
  private readonly trie = new Trie();
  private readonly live = new Map<string, Template>();
  private readonly aliases = new Map<string, string>();
  private readonly bySignature = new Map<number, Template>();
  private readonly neighbours = new Neighbours();
  private routes = new Map<number, Route>();
  private lineage: LineageRecord[] = [];
  private evicted: SavedTemplate[] = [];
  private born = 0;
  /** How many more templates may be founded, in lines. */
  private credit: number;
  /** What lines count under when credit is spent. */
  private overflow: Template | null = null;

  constructor(options: TemplateIndexOptions) {
    this.group = options.group;
    this.limits = { ...defaultLimits, ...options.limits };
    this.freeze = options.freeze ?? false;
    this.credit = this.fullCredit;
    this.scanner = new Scanner({ ...this.limits, mask: options.mask, keep: options.keep });
  }

  /** Counts one line; returns its template, or null when the index is frozen and does not know it. */
  learn(text: string, at: number, eventId: string): Template | null {
    const scan = this.scanner;
    const n = scan.scan(text);
    if (this.credit < this.fullCredit && !this.freeze) this.credit++;
    const key = signatureKey(scan.hash, n);
    let template = this.bySignature.get(key);
    let align: Alignment | null = null;
    if (!template) {
      const route = this.routes.get(key) ?? this.route(key);
      if (route) ({ template, align } = route);
    }
    if (this.freeze) {
      if (!template) this.unknown++;
      return template ?? null;
    }
    if (template) {
      template.observe(text, at, eventId, scan, align);
      return template;
    }
    return this.found(text, at, eventId, key);
  }

  /** The live template with this id, or the one it was merged into. */
  get(id: string): Template | undefined {
    return this.live.get(this.aliases.get(id) ?? id);
  }

  /** Live templates in founding order. */
  *all(): Iterable<Template> {
    yield* [...this.live.values()].sort((a, b) => a.born - b.born);
  }

  get size(): number {
    return this.live.size;
  }

  /** Merges since the last call. */
  takeLineage(): LineageRecord[] {
    const taken = this.lineage;
    this.lineage = [];
    return taken;
  }

  /** Templates evicted since the last call. */
  takeEvicted(): SavedTemplate[] {
    const taken = this.evicted;
    this.evicted = [];
    return taken;
  }

  save(): Json {
    const state: SavedIndex = {
      born: this.born,
      credit: this.credit,
      overflow: this.overflow?.id ?? null,
      unknown: this.unknown,
      evictions: this.evictions,
      templates: [...this.all()].map((t) => t.save()),
      lineage: this.lineage,
      evicted: this.evicted,
    };
    return JSON.parse(JSON.stringify(state)) as Json;
  }

  /** Replaces everything with what `save` returned. */
  load(json: Json): void {
    const state = json as unknown as SavedIndex;
    for (const template of [...this.live.values()]) this.unlink(template);
    this.aliases.clear();
    this.routes.clear();
    this.born = state.born;
    this.credit = state.credit;
    this.overflow = null;
    this.unknown = state.unknown;
    this.evictions = state.evictions;
    this.lineage = state.lineage;
    this.evicted = state.evicted;
    for (const saved of state.templates) {
      const template = Template.load(saved, this.limits.maxSlotValues);
      if (saved.id === state.overflow) this.live.set(saved.id, (this.overflow = template));
      else this.link(template);
      for (const alias of template.aliases) this.aliases.set(alias, template.id);
    }
  }

  private route(key: number): Route | null {
    const found = this.trie.match(this.scanner);
    return found && this.remember(key, found);
  }

  private remember(key: number, route: Route): Route {
    if (this.routes.size >= this.limits.maxSignatures) this.routes.clear();
    this.routes.set(key, route);
    return route;
  }

  private get fullCredit(): number {
    return this.limits.maxTemplates * LINES_A_TEMPLATE;
  }

  private found(text: string, at: number, eventId: string, key: number): Template {
    const scan = this.scanner;
    if (this.credit < LINES_A_TEMPLATE) return this.overflowing(text, at, eventId);
    const id = digest(`${this.group}\n${key}`);
    const template = Template.found(id, this.born++, scan, this.limits.maxSlotValues);
    const known = this.knownSkeleton(template, key);
    if (known) {
      known.template.observe(text, at, eventId, scan, known.align);
      return known.template;
    }
    this.credit -= LINES_A_TEMPLATE;
    template.observe(text, at, eventId, scan, null);
    this.link(template);
    for (let current = template; ; ) {
      const verdict = this.neighbours.judge(current);
      if (!verdict) break;
      current = this.merge(verdict, at);
    }
    if (this.live.size > this.limits.maxTemplates) this.evict();
    return this.get(id)!;
  }

  /** Counts a line as "everything else". */
  private overflowing(text: string, at: number, eventId: string): Template {
    const id = digest(`${this.group}\noverflow`);
    this.overflow ??= new Template({ id, born: this.born++, hashes: [], kinds: [], texts: [], glue: ['<*>'], slots: [] });
    this.live.set(id, this.overflow);
    this.overflow.observe(text, at, eventId, this.scanner, null);
    return this.overflow;
  }

  /** Lines that came while too much was new, counted under one template. */
  get overflowed(): number {
    return this.overflow?.count ?? 0;
  }

  /** Names where values are known to stand need no evidence of their own. */
  private knownSkeleton(template: Template, key: number): Route | null {
    for (const doubts of ['names', 'words'] as const) {
      const skeleton = skeletonOf(template, doubts);
      const known = skeleton && this.bySignature.get(signatureKey(skeleton.hashes, skeleton.hashes.length));
      if (known && (doubts === 'names' || known.kinds.includes(WILD))) return this.remember(key, { template: known, align: skeleton });
    }
    return null;
  }

  private merge({ members, differ }: Verdict, at: number): Template {
    const { maxSlotValues } = this.limits;
    const [oldest, ...others] = members as [Template, ...Template[]];
    for (const member of members) this.unlink(member);
    for (const member of members) {
      if (typeof differ === 'number') member.open(differ, maxSlotValues);
      else {
        const skeleton = skeletonOf(member, differ);
        if (skeleton) member.become(skeleton, maxSlotValues);
      }
    }
    for (const other of others) this.absorb(oldest, other, at);
    this.routes.clear();
    // The open shape may already be there.
    const twin = this.bySignature.get(signatureKey(oldest.hashes, oldest.hashes.length));
    if (!twin) {
      this.link(oldest);
      return oldest;
    }
    this.unlink(twin);
    const [keep, give] = twin.born < oldest.born ? [twin, oldest] : [oldest, twin];
    this.absorb(keep, give, at);
    this.link(keep);
    return keep;
  }

  private absorb(into: Template, from: Template, at: number): void {
    into.absorb(from, this.limits.maxSlotValues);
    this.lineage.push({ merged: true, from: from.id, into: into.id, at });
    if (this.lineage.length > this.limits.maxRecords) this.lineage.shift();
    for (const alias of [from.id, ...from.aliases]) this.aliases.set(alias, into.id);
  }

  private link(template: Template): void {
    this.live.set(template.id, template);
    this.bySignature.set(signatureKey(template.hashes, template.hashes.length), template);
    this.neighbours.add(template);
    if (template.kinds.includes(WILD)) this.trie.add(template);
  }

  private unlink(template: Template): void {
    this.live.delete(template.id);
    this.bySignature.delete(signatureKey(template.hashes, template.hashes.length));
    this.neighbours.delete(template);
    if (template.kinds.includes(WILD)) this.trie.delete(template);
  }

  /** Makes room for an eighth of the limit: the rarest, then the longest unseen go. */
  private evict(): void {
    const order = [...this.live.values()].filter((t) => t !== this.overflow).sort((a, b) => a.count - b.count || a.lastSeen - b.lastSeen || a.born - b.born);
    for (const template of order.slice(0, Math.max(1, this.limits.maxTemplates >> 3))) {
      this.unlink(template);
      for (const alias of template.aliases) this.aliases.delete(alias);
      this.evicted.push(template.save());
      if (this.evicted.length > this.limits.maxRecords) this.evicted.shift();
      this.evictions++;
    }
    this.routes.clear();
  }
}

