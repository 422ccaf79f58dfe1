import { byGeneration, rotationCount } from './rotation.ts';

/** What tells the order of generations apart from their names. */
export interface Generation {
  path: string;
  /** Last change, milliseconds since 1970. */
  modified: number;
  /** The first stamp in it, milliseconds since 1970; null where none could be read. */
  began: number | null;
  /** Its name says nothing about its place among the others. */
  maybe: boolean;
}

/**
 * Generations of one log, oldest first. Most tools count up from the newest (`.2` is older than `.1`), some up to it: which,
 * the first stamps say, or without any the times of the last change. Where those two contradict each other, or nothing is
 * known, the usual way holds. Those whose names say nothing were put aside before the others, and stand by their times.
 */
export function orderGenerations<G extends Generation>(files: readonly G[]): G[] {
  return [...byTimes(files.filter(({ maybe }) => maybe)), ...byNames(files.filter(({ maybe }) => !maybe))];
}

function byTimes<G extends Generation>(files: readonly G[]): G[] {
  const isStamped = files.every(({ began }) => began !== null);
  const readTime = ({ began, modified }: G) => (isStamped ? began! : modified);
  return files.toSorted((a, b) => readTime(a) - readTime(b) || a.modified - b.modified || byGeneration(a.path, b.path));
}

function byNames<G extends Generation>(files: readonly G[]): G[] {
  const sorted = files.toSorted((a, b) => byGeneration(a.path, b.path));
  const counted = sorted.filter(({ path }) => rotationCount(path) !== null);
  if (!countsUpToNewest(counted)) return sorted;
  const others = sorted.filter(({ path }) => rotationCount(path) === null);
  // The file being written has no count; it stays the last.
  const at = others.findLastIndex(({ path }) => byGeneration(path, counted[0]!.path) < 0) + 1;
  return others.toSpliced(at, 0, ...counted.toReversed());
}

/** @param counted by their numbers, the highest first */
function countsUpToNewest(counted: readonly Generation[]): boolean {
  if (counted.length < 2) return false;
  const byStamps = vote(counted.map(({ began }) => began));
  const byChange = vote(counted.map(({ modified }) => modified));
  return byStamps === 0 ? byChange > 0 : byStamps > 0 && byChange >= 0;
}

/** More than 0 when times mostly fall from one to the next, less when they mostly rise. */
function vote(times: readonly (number | null)[]): number {
  const known = times.filter((time) => time !== null);
  return known.slice(1).reduce((sum, time, i) => sum + Math.sign(known[i]! - time), 0);
}
