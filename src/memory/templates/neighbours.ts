import { isValue, sameButNames, sameButRare, sameButWords, valueMembers, type Doubted } from './evidence.ts';
import { openKeys, signatureKey } from './signature.ts';
import { makeSkeleton, type Doubts, type Skeleton } from './skeleton.ts';
import type { Template } from './template.ts';
import { Vocabulary } from './vocabulary.ts';

/** What evidence says is one template. */
export interface Verdict {
  /** Oldest first. */
  members: Template[];
  /** The position in which they differ, or what is in doubt when they become their skeleton. */
  differ: number | Doubts;
}

type Bucket = Template | Set<Template>;

/** The keys a template is filed under, computed once: they are a function of its pieces, which do not change while it is in. */
interface Filing {
  open: number[];
  names: number;
  words: number;
  /** Changes when one of its words becomes common, or rare again. */
  rare: number;
}

/**
 * Live templates by what they have in common: all but one position, or the skeleton. A function of the live templates
 * alone, so it needs no saving.
 */
export class Neighbours {
  readonly #filings = new Map<Template, Filing>();
  readonly #byOpenKey = new Map<number, Bucket>();
  readonly #bySkeleton = {
    names: new Map<number, Bucket>(),
    words: new Map<number, Bucket>(),
    rare: new Map<number, Bucket>(),
  };
  readonly #vocabulary = new Vocabulary();

  add(template: Template): void {
    const changed = this.#vocabulary.add(template);
    const filing: Filing = {
      open: openKeys(template.hashes),
      names: this.#skeletonKey(template, 'names'),
      words: this.#skeletonKey(template, 'words'),
      rare: this.#skeletonKey(template, 'rare'),
    };
    this.#filings.set(template, filing);
    for (const key of filing.open) put(this.#byOpenKey, key, template);
    for (const doubts of levels) put(this.#bySkeleton[doubts], filing[doubts], template);
    this.#refile(changed);
  }

  delete(template: Template): void {
    const filing = this.#filings.get(template);
    if (!filing) return;
    this.#filings.delete(template);
    for (const key of filing.open) drop(this.#byOpenKey, key, template);
    for (const doubts of levels) drop(this.#bySkeleton[doubts], filing[doubts], template);
    this.#refile(this.#vocabulary.delete(template));
  }

  /** What is left of a template when all that is in doubt is taken as a value; null when nothing is. */
  skeleton(template: Template, doubts: Doubts): Skeleton | null {
    if (doubts !== 'rare') return template.skeleton(doubts);
    return this.#vocabulary.knows(template) ? makeSkeleton(template, doubts, this.#vocabulary.isRare) : null;
  }

  /** What, if anything, should be merged with `template` among others. */
  judge(template: Template): Verdict | null {
    const filing = this.#filings.get(template)!;
    for (let position = 0; position < filing.open.length; position++) {
      const members = several(this.#byOpenKey.get(filing.open[position]!));
      if (members && isValue(members, position)) return { members: valueMembers(members, position), differ: position };
    }
    for (const doubts of levels) {
      const members = several(this.#bySkeleton[doubts].get(filing[doubts]));
      if (!members) continue;
      const doubted = members.map((member): Doubted => ({ template: member, skeleton: this.skeleton(member, doubts) }));
      const one = alike[doubts](doubted);
      if (one.length > 1) return { members: one.map((member) => member.template), differ: doubts };
    }
    return null;
  }

  /** A word of these has become common, or rare: their skeletons are others now. */
  #refile(templates: ReadonlySet<Template>): void {
    for (const template of templates) {
      const filing = this.#filings.get(template)!;
      drop(this.#bySkeleton.rare, filing.rare, template);
      filing.rare = this.#skeletonKey(template, 'rare');
      put(this.#bySkeleton.rare, filing.rare, template);
    }
  }

  #skeletonKey(template: Template, doubts: Doubts): number {
    const hashes = this.skeleton(template, doubts)?.hashes ?? template.hashes;
    return signatureKey(hashes, hashes.length);
  }
}

const levels: readonly Doubts[] = ['names', 'words', 'rare'];

/** Those of the templates with one skeleton that are one. */
const alike: Record<Doubts, (members: readonly Doubted[]) => readonly Doubted[]> = {
  names: sameButNames,
  words: (members) => (sameButWords(members) ? members : []),
  rare: sameButRare,
};

/** A bucket of two or more in founding order: sets iterate in the order of arrival, which a restart does not keep. */
function several(bucket: Bucket | undefined): Template[] | null {
  return bucket instanceof Set && bucket.size > 1 ? [...bucket].sort((a, b) => a.born - b.born) : null;
}

/** Most buckets hold one template for good: those are stored without a set around them. */
function put(table: Map<number, Bucket>, key: number, template: Template): void {
  const bucket = table.get(key);
  if (!bucket) table.set(key, template);
  else if (bucket instanceof Set) bucket.add(template);
  else if (bucket !== template) table.set(key, new Set([bucket, template]));
}

function drop(table: Map<number, Bucket>, key: number, template: Template): void {
  const bucket = table.get(key);
  if (bucket === template) table.delete(key);
  else if (bucket instanceof Set) {
    bucket.delete(template);
    if (bucket.size === 0) table.delete(key);
  }
}
