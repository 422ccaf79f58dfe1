import type { Scanner } from '../scan/scanner.ts';
import { KEPT } from '../scan/shape.ts';
import type { TemplateLimits } from './limits.ts';
import type { LineageRecord } from './lineage.ts';
import { takesRuns } from './evidence.ts';
import { Neighbours, type Verdict } from './neighbours.ts';
import { WILD, type Alignment } from './pieces.ts';
import { signatureKey } from './signature.ts';
import type { Template } from './template.ts';
import { Trie, type Route } from './trie.ts';

/** What a template holds, bytes: so much in any case, with its slots and examples, so much a token, and its characters. */
const estimateBytes = ({ texts }: Template): number => 1500 + 200 * texts.length + 2 * texts.reduce((sum, text) => sum + text.length, 0);

/** Ways found through a skeleton; the rest can be found again, these only at some cost. */
const MAX_SKELETON_ROUTES = 1024;

/** The live templates of a group, filed under all that finds them, and how they become one another. */
export class Registry {
  readonly live = new Map<string, Template>();
  /** Null while none was merged into another. */
  #aliases: Map<string, string> | null = null;
  lineage: LineageRecord[] = [];
  /** About how many bytes the live templates hold. */
  bytes = 0;
  readonly #limits: TemplateLimits;
  readonly #trie = new Trie();
  /** Null while there is but one template: most groups of a flood have one. */
  #neighbours: Neighbours | null = null;
  readonly #bySignature = new Map<number, Template>();
  /** Null while no line had to be looked for. */
  #routes: Map<number, Route> | null = null;
  #skeletonRoutes: Map<number, Route> | null = null;

  constructor(limits: TemplateLimits) {
    this.#limits = limits;
  }

  /** The live template of that name, or the one into which it was merged. */
  get(id: string): Template | undefined {
    return this.live.get(this.#aliases?.get(id) ?? id);
  }

  /** The template whose shape the line the scanner has just read has. */
  find(key: number, scan: Scanner): Route | null {
    const known = this.#routes?.get(key) ?? this.#skeletonRoutes?.get(key);
    if (known) return known;
    const found = this.#trie.match(scan, scan.length);
    if (!found) return null;
    this.#routes ??= new Map();
    if (this.#routes.size >= this.#limits.maxSignatures) this.#routes.clear();
    this.#routes.set(key, found);
    return found;
  }

  /** The template with exactly this signature. */
  exactly(key: number): Template | undefined {
    return this.#bySignature.get(key);
  }

  /** A way for a line that would found `template`: names where values are known to stand need no evidence of their own. */
  findBySkeleton(key: number, template: Template): Route | null {
    if (this.#bySignature.size === 0) return null;
    for (const doubts of ['names', 'words', 'rare'] as const) {
      const skeleton = this.#among.skeleton(template, doubts);
      const known = skeleton && this.#bySignature.get(signatureKey(skeleton.hashes, skeleton.hashes.length));
      if (!known || (doubts !== 'names' && !known.kinds.includes(WILD))) continue;
      if (doubts === 'rare' && !takesRuns(known, { template, skeleton })) continue;
      const route = { template: known, align: { from: skeleton.from, to: skeleton.to } };
      this.#skeletonRoutes ??= new Map();
      if (this.#skeletonRoutes.size >= MAX_SKELETON_ROUTES) this.#skeletonRoutes.clear();
      this.#skeletonRoutes.set(key, route);
      return route;
    }
    return null;
  }

  /** Files a new template and merges what the evidence it brings allows. */
  settle(template: Template, at: number): void {
    this.link(template);
    for (let current = template; ;) {
      const verdict = this.#neighbours?.judge(current);
      if (!verdict) return;
      current = this.#merge(verdict, at);
    }
  }

  link(template: Template): void {
    this.live.set(template.id, template);
    template.filed = estimateBytes(template);
    this.bytes += template.filed;
    for (const alias of template.aliases) (this.#aliases ??= new Map()).set(alias, template.id);
    this.#bySignature.set(signatureKey(template.hashes, template.hashes.length), template);
    if (this.#neighbours) this.#neighbours.add(template);
    else if (this.live.size > 1) void this.#among;
    this.#trie.add(template);
  }

  /** Takes a template out for good. */
  remove(template: Template): void {
    this.#unlink(template);
    for (const alias of template.aliases) this.#aliases?.delete(alias);
    this.#forgetRoutes();
  }

  saveRoutes(): [number, string, Alignment][] {
    return [...(this.#skeletonRoutes ?? [])].map(([key, { template, align }]) => [key, template.id, align!]);
  }

  loadRoutes(saved: readonly [number, string, Alignment][]): void {
    for (const [key, id, align] of saved) (this.#skeletonRoutes ??= new Map()).set(key, { template: this.live.get(id)!, align });
  }

  /** The live templates as neighbours. */
  get #among(): Neighbours {
    if (this.#neighbours) return this.#neighbours;
    this.#neighbours = new Neighbours();
    for (const template of this.live.values()) this.#neighbours.add(template);
    return this.#neighbours;
  }

  #unlink(template: Template): void {
    this.live.delete(template.id);
    this.bytes -= template.filed;
    template.filed = 0;
    this.#bySignature.delete(signatureKey(template.hashes, template.hashes.length));
    this.#neighbours?.delete(template);
    this.#trie.delete(template);
  }

  #forgetRoutes(): void {
    this.#routes = null;
    this.#skeletonRoutes = null;
  }

  #merge({ members, differ }: Verdict, at: number): Template {
    const { maxSlotValues } = this.#limits;
    const [oldest, ...others] = members as [Template, ...Template[]];
    const skeletons = members.map((member) => (typeof differ === 'number' ? null : this.#among.skeleton(member, differ)));
    for (const member of members) this.#unlink(member);
    members.forEach((member, k) => {
      if (typeof differ === 'number') member.open(differ, maxSlotValues);
      else if (skeletons[k]) member.become(skeletons[k], maxSlotValues);
    });
    for (const other of others) this.#absorb(oldest, other, at);
    this.#forgetRoutes();
    const merged = this.#joinTwin(oldest, at);
    this.link(merged);
    return this.#takeIn(merged, at);
  }

  /** Templates of the same length that fit an open shape were lines of it all along: one of their words is common elsewhere. */
  #takeIn(open: Template, at: number): Template {
    const { maxSlotValues } = this.#limits;
    const { hashes, kinds } = open;
    const fits = (other: Template): boolean =>
      other !== open &&
      other.hashes.length === hashes.length &&
      hashes.every((hash, i) => (kinds[i] === WILD ? other.kinds[i] !== KEPT : hash === other.hashes[i]));
    const found = [...this.live.values()].filter(fits);
    if (found.length === 0) return open;
    const [oldest, ...others] = [open, ...found].sort((a, b) => a.born - b.born) as [Template, ...Template[]];
    for (const one of [open, ...found]) this.#unlink(one);
    for (let i = 0; i < kinds.length; i++) if (open.kinds[i] === WILD) oldest.open(i, maxSlotValues);
    for (const other of others) this.#absorb(oldest, other, at);
    this.link(oldest);
    return oldest;
  }

  /** The opened shape may have been there before: then these two are one as well. */
  #joinTwin(template: Template, at: number): Template {
    const twin = this.#bySignature.get(signatureKey(template.hashes, template.hashes.length));
    if (!twin) return template;
    this.#unlink(twin);
    const [older, younger] = twin.born < template.born ? [twin, template] : [template, twin];
    this.#absorb(older, younger, at);
    return older;
  }

  #absorb(into: Template, from: Template, at: number): void {
    into.absorb(from, this.#limits.maxSlotValues);
    this.lineage.push({ merged: 'template', from: from.id, into: into.id, at });
    if (this.lineage.length > this.#limits.maxRecords) this.lineage.shift();
  }
}
