import type { Scanner } from '../scan/scanner.ts';
import { signatureKey } from './signature.ts';
import { Template, type SavedTemplate } from './template.ts';
import { Trie, type Route } from './trie.ts';

/** What is kept of a template that had to go: its name and its shapes. */
export type SavedShape = Pick<SavedTemplate, 'id' | 'born' | 'hashes' | 'kinds' | 'texts' | 'glue' | 'aliases' | 'forms'>;

/**
 * Templates that were evicted, by their shapes: when lines of one come again, it comes back under its old name, although
 * it was another line that founded it, or others had been merged into it.
 */
export class EvictedTemplates {
  readonly #max: number;
  readonly #slotValues: number;
  /** In the order in which they went. */
  readonly #byId = new Map<string, Template>();
  readonly #bySignature = new Map<number, Template>();
  readonly #trie = new Trie();

  /** @param max shapes that are kept; the oldest are given up */
  constructor(max: number, slotValues: number) {
    this.#max = max;
    this.#slotValues = slotValues;
  }

  add(template: Template): void {
    this.#enter(findShape(template));
    for (const oldest of this.#byId.values()) {
      if (this.#byId.size <= this.#max) break;
      this.#remove(oldest);
    }
  }

  /** The template that lines of this shape had, taken out with nothing in it but its shape; null without one. */
  revive(key: number, scan: Scanner): Route | null {
    if (this.#byId.size === 0) return null;
    const exact = this.#bySignature.get(key);
    const route = exact ? { template: exact, align: null } : this.#trie.match(scan, scan.length);
    if (route) this.#remove(route.template);
    return route;
  }

  save(): SavedShape[] {
    return structuredClone(Array.from(this.#byId.values(), findShape));
  }

  load(saved: readonly SavedShape[]): void {
    for (const shape of saved) this.#enter(shape);
  }

  #enter(shape: SavedShape): void {
    const template = Template.bare(shape, this.#slotValues);
    const before = this.#byId.get(template.id);
    if (before) this.#remove(before);
    this.#byId.set(template.id, template);
    this.#bySignature.set(signatureKey(template.hashes, template.hashes.length), template);
    this.#trie.add(template);
  }

  #remove(template: Template): void {
    const key = signatureKey(template.hashes, template.hashes.length);
    this.#byId.delete(template.id);
    if (this.#bySignature.get(key) === template) this.#bySignature.delete(key);
    this.#trie.delete(template);
  }
}

function findShape({ id, born, hashes, kinds, texts, glue, aliases, forms }: Template): SavedShape {
  return { id, born, hashes, kinds, texts, glue, aliases, ...(forms.length > 0 ? { forms } : {}) };
}
