import { isValue, sameButNames, sameButWords, type Doubted } from './evidence.ts';
import { openKeys, signatureKey } from './signature.ts';
import { skeletonOf, type Doubts } from './skeleton.ts';
import type { Template } from './template.ts';

/** What evidence says is one template. */
export interface Verdict {
  /** Oldest first. */
  members: Template[];
  /** The position in which they differ, or what is in doubt when they become their skeleton. */
  differ: number | Doubts;
}

/**
 * Live templates by what they have in common: all but one position, or the skeleton. A function of the live templates
 * alone, so it needs no saving.
 */
export class Neighbours {
  private readonly byOpenKey = new Map<number, Set<Template>>();
  private readonly bySkeleton = { names: new Map<number, Set<Template>>(), words: new Map<number, Set<Template>>() };

  add(template: Template): void {
    for (const key of openKeys(template.hashes)) put(this.byOpenKey, key, template);
    for (const doubts of kinds) put(this.bySkeleton[doubts], skeletonKey(template, doubts), template);
  }

  delete(template: Template): void {
    for (const key of openKeys(template.hashes)) drop(this.byOpenKey, key, template);
    for (const doubts of kinds) drop(this.bySkeleton[doubts], skeletonKey(template, doubts), template);
  }

  /** What, if anything, should be merged with `template` among others. */
  judge(template: Template): Verdict | null {
    const keys = openKeys(template.hashes);
    for (let position = 0; position < keys.length; position++) {
      const bucket = this.byOpenKey.get(keys[position]!);
      if (!bucket || bucket.size < 2) continue;
      const members = inOrder(bucket);
      if (isValue(members, position)) return { members, differ: position };
    }
    for (const doubts of kinds) {
      const bucket = this.bySkeleton[doubts].get(skeletonKey(template, doubts))!;
      if (bucket.size < 2) continue;
      const doubted = inOrder(bucket).map((member): Doubted => ({ template: member, skeleton: skeletonOf(member, doubts) }));
      const one = doubts === 'names' ? sameButNames(doubted) : sameButWords(doubted) ? doubted : [];
      if (one.length > 1) return { members: one.map((member) => member.template), differ: doubts };
    }
    return null;
  }
}

const kinds: readonly Doubts[] = ['names', 'words'];

function skeletonKey(template: Template, doubts: Doubts): number {
  const hashes = skeletonOf(template, doubts)?.hashes ?? template.hashes;
  return signatureKey(hashes, hashes.length);
}

/** Sets iterate in the order of arrival, which a restart does not keep; founding order it keeps. */
function inOrder(bucket: Set<Template>): Template[] {
  return [...bucket].sort((a, b) => a.born - b.born);
}

function put(table: Map<number, Set<Template>>, key: number, template: Template): void {
  const bucket = table.get(key);
  if (bucket) bucket.add(template);
  else table.set(key, new Set([template]));
}

function drop(table: Map<number, Set<Template>>, key: number, template: Template): void {
  const bucket = table.get(key);
  bucket?.delete(template);
  if (bucket?.size === 0) table.delete(key);
}
