import { CONST, KEPT } from '../scan/shape.ts';
import { WILD } from './pieces.ts';
import type { Template } from './template.ts';

/** Templates a word may stand in and still be rare. */
const RARE = 2;

interface Holders {
  templates: Set<Template>;
  /** How many of them have an open place: what is constant there has shown that it is. */
  open: number;
}

/**
 * In which live templates each constant word stands. Words of statements stand in many, for every line of theirs has
 * them; a free word (a name, a title) stands in those of its own lines alone. A function of the live templates.
 */
export class Vocabulary {
  /** Most words stand in one template for good: those are stored without anything around them. */
  readonly #byWord = new Map<number, Template | Holders>();

  /** Takes a template's words in; returns the other templates for which a word has become common by it. */
  add(template: Template): Set<Template> {
    const changed = new Set<Template>();
    const open = isOpen(template);
    const { hashes, kinds } = template;
    for (let i = 0; i < hashes.length; i++) {
      if (kinds[i] !== CONST) continue;
      const known = this.#byWord.get(hashes[i]!);
      if (!known) this.#byWord.set(hashes[i]!, template);
      else if (known !== template) this.#join(hashes[i]!, findHolders(known), template, open, changed);
    }
    return changed;
  }

  /** Takes a template's words out; returns the other templates for which a word has become rare by it. */
  delete(template: Template): Set<Template> {
    const changed = new Set<Template>();
    const open = isOpen(template);
    const { hashes, kinds } = template;
    for (let i = 0; i < hashes.length; i++) {
      if (kinds[i] !== CONST) continue;
      const known = this.#byWord.get(hashes[i]!);
      if (known === template) this.#byWord.delete(hashes[i]!);
      else if (known && 'templates' in known) this.#leave(hashes[i]!, known, template, open, changed);
    }
    return changed;
  }

  /** Whether the word with this hash stands in two live templates at most, and in none with an open place. */
  isRare = (hash: number): boolean => {
    const known = this.#byWord.get(hash);
    return !known || ('templates' in known ? isRare(known) : isOpen(known) === 0);
  };

  /** Whether any of a template's words is not rare: nothing else can hold a frame together. */
  knows({ hashes, kinds }: Template): boolean {
    return hashes.some((hash, i) => kinds[i] === KEPT || (kinds[i] === CONST && !this.isRare(hash)));
  }

  #join(hash: number, holders: Holders, template: Template, open: number, changed: Set<Template>): void {
    if (holders.templates.has(template)) return;
    const wasRare = isRare(holders);
    if (wasRare && (open > 0 || holders.templates.size === RARE)) for (const holder of holders.templates) changed.add(holder);
    holders.templates.add(template);
    holders.open += open;
    this.#byWord.set(hash, holders);
  }

  #leave(hash: number, holders: Holders, template: Template, open: number, changed: Set<Template>): void {
    const wasRare = isRare(holders);
    if (!holders.templates.delete(template)) return;
    holders.open -= open;
    if (!wasRare && isRare(holders)) for (const holder of holders.templates) changed.add(holder);
    if (holders.templates.size > 1) return;
    const [last] = holders.templates;
    this.#byWord.set(hash, last!);
  }
}

const findHolders = (known: Template | Holders): Holders =>
  'templates' in known ? known : { templates: new Set([known]), open: isOpen(known) };

const isRare = ({ templates, open }: Holders): boolean => open === 0 && templates.size <= RARE;

const isOpen = ({ kinds }: Template): number => (kinds.includes(WILD) ? 1 : 0);
