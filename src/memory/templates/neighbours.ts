import { isValue, sameButNames, sameButWords, type Doubted } from './evidence.ts';
import { openKeys, signatureKey } from './signature.ts';
import type { Doubts } from './skeleton.ts';
import type { Template } from './template.ts';

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
}

/**
 * Live templates by what they have in common: all but one position, or the skeleton. A function of the live templates
 * alone, so it needs no saving.
 */
export class Neighbours {
  private readonly filings = new Map<Template, Filing>();
  private readonly byOpenKey = new Map<number, Bucket>();
  private readonly bySkeleton = { names: new Map<number, Bucket>(), words: new Map<number, Bucket>() };

  add(template: Template): void {
    const filing = { open: openKeys(template.hashes), names: skeletonKey(template, 'names'), words: skeletonKey(template, 'words') };
    this.filings.set(template, filing);
    for (const key of filing.open) put(this.byOpenKey, key, template);
    for (const doubts of levels) put(this.bySkeleton[doubts], filing[doubts], template);
  }

  delete(template: Template): void {
    const filing = this.filings.get(template);
    if (!filing) return;
    this.filings.delete(template);
    for (const key of filing.open) drop(this.byOpenKey, key, template);
    for (const doubts of levels) drop(this.bySkeleton[doubts], filing[doubts], template);
  }

  /** What, if anything, should be merged with `template` among others. */
  judge(template: Template): Verdict | null {
    const filing = this.filings.get(template)!;
    for (let position = 0; position < filing.open.length; position++) {
      const members = several(this.byOpenKey.get(filing.open[position]!));
      if (members && isValue(members, position)) return { members, differ: position };
    }
    for (const doubts of levels) {
      const members = several(this.bySkeleton[doubts].get(filing[doubts]));
      if (!members) continue;
      const doubted = members.map((member): Doubted => ({ template: member, skeleton: member.skeleton(doubts) }));
      const one = doubts === 'names' ? sameButNames(doubted) : sameButWords(doubted) ? doubted : [];
      if (one.length > 1) return { members: one.map((member) => member.template), differ: doubts };
    }
    return null;
  }
}

const levels: readonly Doubts[] = ['names', 'words'];

function skeletonKey(template: Template, doubts: Doubts): number {
  const hashes = template.skeleton(doubts)?.hashes ?? template.hashes;
  return signatureKey(hashes, hashes.length);
}

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
